package dev.langchain4j.rerank.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart.
 *
 * @param label what it shows, with the unit
 * @param ticks the numbers on it
 * @param logarithmic whether equal steps multiply
 */
record Axis(String label, Ticks ticks, boolean logarithmic) {

    /** An axis that encloses the values. */
    static Axis linear(String label, List<Double> values) {
        double low = values.stream().min(Double::compare).orElseThrow();
        double high = values.stream().max(Double::compare).orElseThrow();
        return new Axis(label, Ticks.linear(low, high, 5), false);
    }

    /** An axis from 0 to the highest value; with steps that multiply, if the values are too far apart to be told from 0. */
    static Axis ofMillis(String label, List<Double> values) {
        double low = values.stream().min(Double::compare).orElseThrow();
        double high = values.stream().max(Double::compare).orElseThrow();
        return low > 0 && high / low > 20
                ? new Axis(label + " (logarithmic)", Ticks.logarithmic(low, high), true)
                : new Axis(label, Ticks.linear(0, high, 5), false);
    }

    /** Where a value is, from 0 to 1. */
    double position(double value) {
        return (scaled(value) - scaled(ticks.low())) / (scaled(ticks.high()) - scaled(ticks.low()));
    }

    /** The number at a tick; on an axis of equal steps all have the same decimals. */
    String text(double tick) {
        if (logarithmic) {
            return new BigDecimal(tick).round(new MathContext(1)).toPlainString();
        }
        double step = ticks.values().get(1) - ticks.values().get(0);
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        return Numbers.withMinus(String.format(Locale.ROOT, "%." + decimals + "f", tick));
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(value) : value;
    }
}
