package dev.langchain4j.rerank;

import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A scoring model that reports each score as soon as it is computed, so that a timeout discards only the texts not yet
 * scored.
 */
public interface ProgressiveScoringModel extends ScoringModel {

    /**
     * Whether {@link #scoreEach} really reports scores as they are computed. A model that wraps another returns
     * {@code false} if the inner model cannot: then {@code scoreEach} makes one async call and reports all scores at its
     * end, and the aggregator calls the model with a few texts at a time instead. Default {@code true}; the same for the
     * whole life of the model.
     */
    default boolean progressive() {
        return true;
    }

    /**
     * Starts scoring and returns at once. Texts are scored in the given order as far as the model's workers allow.
     * Cancelling the future stops the work within the time of one pair (or one request); scores reported before remain
     * valid.
     *
     * @param texts the passages, none blank; may be empty, then the returned future is complete and the model is not
     *     called
     * @param query the query, not blank
     * @param sink accepts each score once, on any thread, possibly on several at the same time; none after the future
     *     is complete
     * @return completes when every text is scored, fails with the model's exception
     */
    CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink);
}
