package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScaledScoringModel;

/**
 * A model of this module, as somebody who watches it sees it: what runs it and how busy it is. Asking costs nothing. Safe
 * for many threads.
 */
public sealed interface LocalScoringModel extends ScaledScoringModel
        permits ColbertScoringModel, CrossEncoderScoringModel, GenerativeScoringModel {

    /** What runs the model. */
    Engine engine();

    /** Threads that run the model at most. */
    int workers();

    /**
     * Calls of which some batch has found no worker yet, those that run with their others included; 0 where the model
     * keeps up. From {@code maxWaitingCalls} on, calls are refused.
     */
    int waitingCalls();
}
