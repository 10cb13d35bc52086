package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.ScoreScale;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The axis of raw scores, on the model's own scale.
 *
 * @param low score at the left end
 * @param high score at the right end, above {@code low}
 * @param origin score at which every bar begins
 * @param label description of the axis
 */
record ScoreAxis(double low, double high, double origin, String label) {

    /**
     * Returns an axis for these scores.
     *
     * @param scale the scale of the scores; null if it is unknown, then the axis is 0 to 1 if all scores are in that
     *     range
     */
    static ScoreAxis of(List<Double> scores, @Nullable ScoreScale scale) {
        DoubleSummaryStatistics range =
                scores.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        if (scale == ScoreScale.RELATIVE) {
            return relative(range);
        }
        boolean unit = range.getCount() == 0 || (range.getMin() >= 0 && range.getMax() <= 1);
        if (scale == ScoreScale.PROBABILITY && unit) {
            return new ScoreAxis(0, 1, 0, "probability, from 0 to 1");
        }
        if (scale == null && unit) {
            return new ScoreAxis(0, 1, 0, "score, from 0 to 1");
        }
        return aroundZero(range, scale == ScoreScale.LOGIT ? "logit" : "score");
    }

    /** Returns the position of a score on the axis, from 0 at its left end to 1 at its right end. */
    double position(double score) {
        return (score - low) / (high - low);
    }

    /** Returns a score with enough decimals to distinguish the scores on this axis: four digits for the largest. */
    String format(double score) {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        int decimals = Math.max(0, Math.min(9, 3 - (int) Math.floor(Math.log10(largest))));
        return Numbers.withMinus(String.format(Locale.ROOT, "%." + decimals + "f", score));
    }

    /** Returns whether 0 is inside the axis and therefore drawn as a line. */
    boolean crossesZero() {
        return low < 0 && high > 0;
    }

    private static ScoreAxis aroundZero(DoubleSummaryStatistics range, String name) {
        Ticks ticks = Ticks.linear(Math.min(0, range.getMin()), Math.max(0, range.getMax()), 8);
        String zero = ticks.low() < 0 && ticks.high() > 0 ? "; the line marks 0" : "";
        return new ScoreAxis(
                ticks.low(),
                ticks.high(),
                0,
                "%s, from %s to %s%s".formatted(name, Numbers.score(ticks.low()), Numbers.score(ticks.high()), zero));
    }

    private static ScoreAxis relative(DoubleSummaryStatistics range) {
        boolean spread = range.getMax() > range.getMin();
        double low = spread ? range.getMin() : 0;
        double high = spread ? range.getMax() : 1;
        return new ScoreAxis(low, high, low, "relative: only the order is meaningful");
    }
}
