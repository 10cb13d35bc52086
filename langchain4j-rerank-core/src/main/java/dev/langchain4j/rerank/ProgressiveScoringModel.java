package dev.langchain4j.rerank;

import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A scoring model that tells scores as they come, so that a deadline loses only what was not scored yet. */
public interface ProgressiveScoringModel extends ScoringModel {

    /**
     * Starts scoring and returns at once. Texts are taken in the order given as far as the model's workers allow.
     * Cancelling the future stops the work within one pair's (or one request's) time; scores told before stay valid.
     *
     * @param texts the passages, none blank; may be empty, then the future is complete and nothing is called
     * @param query the query, not blank
     * @param sink gets each score once, from any thread, possibly from several at the same time; none after the future
     *     is complete
     * @return completes when every text is scored, fails with the model's exception
     */
    CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink);
}
