package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.TextWindower;

/**
 * Any model of this module. Beside what it scores, it tells those who watch it what runs it and how busy it is, which
 * costs nothing. Safe for many threads.
 */
public sealed interface LocalScoringModel
        extends ScaledScoringModel, ProgressiveScoringModel, TextWindower, AutoCloseable
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

    /**
     * Waits for the calls that run, then ends the workers and frees the native model. Later calls are refused; closing
     * again does nothing. Not to be called from a {@link dev.langchain4j.rerank.ScoreSink}, which runs inside a call.
     */
    @Override
    void close();
}
