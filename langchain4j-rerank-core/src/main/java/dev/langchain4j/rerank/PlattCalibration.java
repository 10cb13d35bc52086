package dev.langchain4j.rerank;

import dev.langchain4j.rerank.internal.Arguments;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A normalizer that converts the scores of one model into probabilities of relevance, fitted on pairs that people
 * judged: {@code p = 1 / (1 + e^(slope * score + intercept))} (Platt, "Probabilistic Outputs for Support Vector
 * Machines", 1999). It is valid for the model and the kind of text that it was fitted on, and never changes the order.
 *
 * <p>{@link #fit} finds the two numbers once; keep them in your configuration and create the calibration from them.
 *
 * @param slope Platt's A; below 0, as a higher score means more relevant
 * @param intercept Platt's B; finite
 */
public record PlattCalibration(double slope, double intercept) implements ScoreNormalizer {

    public PlattCalibration {
        if (!Double.isFinite(slope) || slope >= 0) {
            throw new InvalidOptionException("slope", "slope must be a finite number below 0, got " + slope);
        }
        Arguments.finite("intercept", intercept);
    }

    /**
     * Fits a calibration by maximum likelihood, with Platt's smoothed targets {@code (n+ + 1) / (n+ + 2)} and {@code 1
     * / (n- + 2)}, so that few or perfectly separated pairs do not lead to certainty. Newton's method with
     * backtracking, after Lin, Lin, Weng, "A Note on Platt's Probabilistic Outputs for Support Vector Machines",
     * Machine Learning 68, 2007. Takes milliseconds for thousands of pairs.
     *
     * @param scores the raw score of each judged pair, finite; not modified
     * @param relevant the judgements, in the same order
     * @throws IllegalArgumentException if the lengths differ, if not both judgements occur, if a score is not finite,
     *     or if the relevant pairs do not tend to score higher
     */
    public static PlattCalibration fit(double[] scores, boolean[] relevant) {
        Arguments.required("scores", scores, "pass one finite score per judged pair");
        Arguments.required("relevant", relevant, "pass one judgement per score");
        if (scores.length != relevant.length) {
            throw new IllegalArgumentException(
                    "scores and relevant must have the same length, got %d scores and %d judgements"
                            .formatted(scores.length, relevant.length));
        }
        int positives = (int)
                IntStream.range(0, relevant.length).filter(i -> relevant[i]).count();
        int negatives = relevant.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException(
                    "a calibration needs relevant and irrelevant pairs, got %d and %d".formatted(positives, negatives));
        }
        Arrays.stream(scores).forEach(score -> Arguments.finite("scores", score));
        return new PlattFit(scores, relevant, positives, negatives).calibration();
    }

    /** Returns the probability that a text with this score is relevant, from 0 to 1. */
    public double probability(double score) {
        return 1 / (1 + Math.exp(slope * score + intercept));
    }

    /** Returns the probability of each score, whatever scale the calibration was fitted on. */
    @Override
    public double[] normalize(double[] scores, ScoreScale scale) {
        return Arrays.stream(scores).map(this::probability).toArray();
    }
}
