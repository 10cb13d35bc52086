package dev.langchain4j.rerank;

import java.util.stream.IntStream;

/**
 * The fit of slope and intercept of a {@link PlattCalibration}: Newton's method on the negative log likelihood, with
 * backtracking where a full step would overshoot (Lin, Lin, Weng 2007, appendix).
 */
final class PlattFit {

    private static final int MAX_STEPS = 100;
    private static final double SHORTEST_STEP = 1e-10;
    private static final double FLAT = 1e-9;
    private static final double SUFFICIENT_DECREASE = 1e-4;

    /** Keeps the curvature invertible where all scores are equal or all probabilities certain. */
    private static final double RIDGE = 1e-12;

    private final double[] scores;
    private final double[] targets;
    private double slope;
    private double intercept;
    private double loss;

    PlattFit(double[] scores, boolean[] relevant, int positives, int negatives) {
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (negatives + 2.0);
        this.scores = scores;
        this.targets = IntStream.range(0, relevant.length)
                .mapToDouble(i -> relevant[i] ? high : low)
                .toArray();
        this.intercept = Math.log((negatives + 1.0) / (positives + 1.0));
        this.loss = lossAt(slope, intercept);
    }

    PlattCalibration calibration() {
        int step = 0;
        while (step < MAX_STEPS && improve()) {
            step++;
        }
        if (slope >= 0) {
            throw new IllegalArgumentException("the relevant pairs do not score higher than the irrelevant ones; "
                    + "check that each judgement belongs to its score");
        }
        return new PlattCalibration(slope, intercept);
    }

    /** Takes one step; returns whether there was one to take. */
    private boolean improve() {
        double gradientSlope = 0;
        double gradientIntercept = 0;
        double curvatureSlope = RIDGE;
        double curvatureIntercept = RIDGE;
        double curvatureBoth = 0;
        for (int i = 0; i < scores.length; i++) {
            double p = 1 / (1 + Math.exp(slope * scores[i] + intercept));
            double weight = p * (1 - p);
            gradientSlope += scores[i] * (targets[i] - p);
            gradientIntercept += targets[i] - p;
            curvatureSlope += scores[i] * scores[i] * weight;
            curvatureIntercept += weight;
            curvatureBoth += scores[i] * weight;
        }
        if (Math.abs(gradientSlope) < FLAT && Math.abs(gradientIntercept) < FLAT) {
            return false;
        }
        double determinant = curvatureSlope * curvatureIntercept - curvatureBoth * curvatureBoth;
        double towardsSlope = (curvatureBoth * gradientIntercept - curvatureIntercept * gradientSlope) / determinant;
        double towardsIntercept = (curvatureBoth * gradientSlope - curvatureSlope * gradientIntercept) / determinant;
        return descend(
                towardsSlope, towardsIntercept, gradientSlope * towardsSlope + gradientIntercept * towardsIntercept);
    }

    private boolean descend(double towardsSlope, double towardsIntercept, double descent) {
        for (double length = 1; length >= SHORTEST_STEP; length /= 2) {
            double nextLoss = lossAt(slope + length * towardsSlope, intercept + length * towardsIntercept);
            if (nextLoss < loss + SUFFICIENT_DECREASE * length * descent) {
                slope += length * towardsSlope;
                intercept += length * towardsIntercept;
                loss = nextLoss;
                return true;
            }
        }
        return false;
    }

    /** Returns the negative log likelihood, in the form in which no exponential overflows. */
    private double lossAt(double atSlope, double atIntercept) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double exponent = atSlope * scores[i] + atIntercept;
            sum += exponent >= 0
                    ? targets[i] * exponent + Math.log1p(Math.exp(-exponent))
                    : (targets[i] - 1) * exponent + Math.log1p(Math.exp(exponent));
        }
        return sum;
    }
}
