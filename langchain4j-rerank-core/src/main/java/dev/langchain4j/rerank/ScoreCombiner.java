package dev.langchain4j.rerank;

import dev.langchain4j.rerank.internal.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Combines the rerank score and the score of the first-stage search into the reported score.
 *
 * <p>Implementations are thread-safe and keep no state.
 */
@FunctionalInterface
public interface ScoreCombiner {

    /**
     * Combines the scores of one content.
     *
     * @param score the rerank score, normalised
     * @param retrievalScore {@code ContentMetadata.SCORE}, the highest if several retrievers found the content; null if
     *     none gave one
     * @return the score to report; finite
     */
    double combine(double score, @Nullable Double retrievalScore);

    /** Reports the rerank score alone. */
    static ScoreCombiner rerankOnly() {
        return (score, retrievalScore) -> score;
    }

    /**
     * The weighted mean {@code w * score + (1 - w) * retrievalScore}. Both should be on the same scale: choose a {@link
     * ScoreNormalizer} that reports scores on the scale of the retriever, usually 0 to 1. A content without a retrieval
     * score keeps its rerank score.
     *
     * @param rerankWeight {@code w}, from 0 to 1
     */
    static ScoreCombiner weighted(double rerankWeight) {
        Arguments.between("rerankWeight", 0, 1, rerankWeight);
        return (score, retrievalScore) ->
                retrievalScore == null ? score : rerankWeight * score + (1 - rerankWeight) * retrievalScore;
    }
}
