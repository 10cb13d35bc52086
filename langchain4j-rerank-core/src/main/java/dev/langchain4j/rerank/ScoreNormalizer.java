package dev.langchain4j.rerank;

import java.util.Arrays;

/**
 * Converts raw model scores into reported scores. Applied once per ranking, to the scores of all candidates that were
 * scored.
 *
 * <p>Implementations are thread-safe and keep no state.
 */
@FunctionalInterface
public interface ScoreNormalizer {

    /**
     * Normalises the scores of one ranking.
     *
     * @param scores finite numbers, in retrieval order; the method may modify the array
     * @param scale the meaning of the scores; {@link ScoreScale#RELATIVE} for a model that does not declare it
     * @return as many finite numbers, in the same order
     */
    double[] normalize(double[] scores, ScoreScale scale);

    /** Reports raw scores unchanged. */
    static ScoreNormalizer none() {
        return (scores, scale) -> scores;
    }

    /**
     * The logistic function {@code 1 / (1 + e^-s)} of each score, for logits. Scores that a model declares as {@link
     * ScoreScale#PROBABILITY} have been through it and stay unchanged. Scores of a model that does not declare its
     * scale are treated as logits, because choosing this normalizer declares them so.
     */
    static ScoreNormalizer sigmoid() {
        return (scores, scale) -> scale == ScoreScale.PROBABILITY
                ? scores
                : Arrays.stream(scores).map(ScoreNormalizer::logistic).toArray();
    }

    /**
     * Min-max normalisation: the lowest score of a ranking becomes 0 and the highest 1; equal scores all become 1. The
     * result does not measure relevance: the best of a list of irrelevant texts gets 1, too. Scores of two rankings do
     * not compare.
     */
    static ScoreNormalizer minMax() {
        return (scores, scale) -> {
            double min = Arrays.stream(scores).min().orElse(0);
            double max = Arrays.stream(scores).max().orElse(0);
            // halves, because the difference of two finite numbers may be infinite
            double range = max / 2 - min / 2;
            return Arrays.stream(scores)
                    .map(score -> range > 0 ? (score / 2 - min / 2) / range : 1)
                    .toArray();
        };
    }

    /**
     * Maps any scale to 0..1, by the declaration of the model: {@link ScoreScale#LOGIT} by the logistic function,
     * {@link ScoreScale#PROBABILITY} unchanged (rounding errors beyond 0 and 1 are cut off), {@link
     * ScoreScale#RELATIVE} by {@link #minMax()}, since its numbers only define an order. A {@code minScore} therefore
     * keeps its meaning when a model of one of the first two scales is replaced by another.
     */
    static ScoreNormalizer toUnitInterval() {
        return (scores, scale) -> switch (scale) {
            case LOGIT -> sigmoid().normalize(scores, scale);
            case PROBABILITY ->
                Arrays.stream(scores)
                        .map(score -> Math.max(0, Math.min(1, score)))
                        .toArray();
            case RELATIVE -> minMax().normalize(scores, scale);
        };
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
