package dev.langchain4j.rerank;

import java.util.Arrays;

/**
 * Turns what a model says into what is reported. Applied once a ranking, to the scores of all candidates that were
 * scored.
 *
 * <p>Implementations are thread-safe and keep no state.
 */
@FunctionalInterface
public interface ScoreNormalizer {

    /**
     * Normalises the scores of one ranking.
     *
     * @param scores finite numbers, in retrieval order; the method may change the array
     * @param scale what they mean; {@link ScoreScale#RELATIVE} for a model that does not say
     * @return as many finite numbers, in the same order
     */
    double[] normalize(double[] scores, ScoreScale scale);

    /** Reports scores as the model gives them. */
    static ScoreNormalizer none() {
        return (scores, scale) -> scores;
    }

    /**
     * The logistic function {@code 1 / (1 + e^-s)} of each score, for logits. Scores that a model declares as
     * {@link ScoreScale#PROBABILITY} have been through it and are left alone; those of a model that does not declare its
     * scale are taken for logits, because whoever chooses this says so.
     */
    static ScoreNormalizer sigmoid() {
        return (scores, scale) -> scale == ScoreScale.PROBABILITY
                ? scores
                : Arrays.stream(scores).map(ScoreNormalizer::logistic).toArray();
    }

    /**
     * Stretches the scores of a ranking so that the lowest becomes 0 and the highest 1; equal ones all become 1. What
     * comes out says nothing about relevance: the best of a bad lot gets a 1 too. Scores of two rankings do not compare.
     */
    static ScoreNormalizer minMax() {
        return (scores, scale) -> {
            double min = Arrays.stream(scores).min().orElse(0);
            double max = Arrays.stream(scores).max().orElse(0);
            // halves, because the distance of two finite numbers may be infinite
            double range = max / 2 - min / 2;
            return Arrays.stream(scores)
                    .map(score -> range > 0 ? (score / 2 - min / 2) / range : 1)
                    .toArray();
        };
    }

    /**
     * Brings any scale into 0 to 1, by what the model declares: a {@link ScoreScale#LOGIT} by the logistic function, a
     * {@link ScoreScale#PROBABILITY} as it is (rounding errors beyond 0 and 1 cut off), a {@link ScoreScale#RELATIVE} by
     * {@link #minMax()}, since its numbers mean nothing but an order. So a {@code minScore} keeps its meaning when one
     * model of the first two kinds is replaced by another.
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
