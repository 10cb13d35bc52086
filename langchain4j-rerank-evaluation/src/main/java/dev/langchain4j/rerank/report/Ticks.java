package dev.langchain4j.rerank.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The round numbers on an axis, in ascending order; the first and the last are its ends.
 *
 * <p>Heckbert: Nice numbers for graph labels, in Graphics Gems, 1990.
 */
record Ticks(List<Double> values) {

    /**
     * Returns multiples of 1, 2 or 5 times a power of 10 that enclose a range.
     *
     * @param low lowest value shown
     * @param high highest value shown; the range is widened if it is not above {@code low}
     * @param about desired number of steps, met as closely as round numbers allow
     */
    static Ticks linear(double low, double high, int about) {
        double top = high > low ? high : low + 1;
        double step = nice((top - low) / about);
        // a quotient that is a whole number except for rounding must not add a step
        long first = (long) Math.floor(low / step + 1e-9);
        long last = (long) Math.ceil(top / step - 1e-9);
        return new Ticks(IntStream.rangeClosed(0, (int) (last - first))
                .mapToObj(i -> (first + i) * step)
                .toList());
    }

    /**
     * Returns powers of 10 that enclose a range; if it spans at most two of them, also their multiples by 2 and 5.
     *
     * @param low lowest value shown, above 0
     * @param high highest value shown, above {@code low}
     */
    static Ticks logarithmic(double low, double high) {
        int first = (int) Math.floor(Math.log10(low) + 1e-9);
        int last = (int) Math.ceil(Math.log10(high) - 1e-9);
        int[] digits = last - first > 2 ? new int[] {1} : new int[] {1, 2, 5};
        DoubleStream values = IntStream.range(first, last)
                .boxed()
                .flatMapToDouble(exponent -> IntStream.of(digits).mapToDouble(digit -> digit * Math.pow(10, exponent)));
        return new Ticks(DoubleStream.concat(values, DoubleStream.of(Math.pow(10, last)))
                .boxed()
                .toList());
    }

    double low() {
        return values.get(0);
    }

    double high() {
        return values.get(values.size() - 1);
    }

    private static double nice(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double digit = step / power;
        if (digit <= 1) {
            return power;
        }
        if (digit <= 2) {
            return 2 * power;
        }
        return digit <= 5 ? 5 * power : 10 * power;
    }
}
