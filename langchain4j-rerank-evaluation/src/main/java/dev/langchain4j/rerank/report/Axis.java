package dev.langchain4j.rerank.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart.
 *
 * @param label the quantity, with its unit
 * @param ticks the numbers on the axis
 * @param logarithmic whether equal distances are equal factors
 */
record Axis(String label, Ticks ticks, boolean logarithmic) {

    /** Returns an axis that encloses the values. */
    static Axis linear(String label, List<Double> values) {
        double low = values.stream().min(Double::compare).orElseThrow();
        double high = values.stream().max(Double::compare).orElseThrow();
        return new Axis(label, Ticks.linear(low, high, 5), false);
    }

    /**
     * Returns an axis from 0 to the highest value, or a logarithmic one if the lowest values would not be
     * distinguishable from 0.
     */
    static Axis ofMillis(String label, List<Double> values) {
        double low = values.stream().min(Double::compare).orElseThrow();
        double high = values.stream().max(Double::compare).orElseThrow();
        return low > 0 && high / low > 20
                ? new Axis(label + " (logarithmic)", Ticks.logarithmic(low, high), true)
                : new Axis(label, Ticks.linear(0, high, 5), false);
    }

    /** Returns the position of a value on the axis, from 0 to 1. */
    double position(double value) {
        return (scaled(value) - scaled(ticks.low())) / (scaled(ticks.high()) - scaled(ticks.low()));
    }

    /** Returns the label of a tick; on a linear axis all have the same number of decimals. */
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
