package dev.langchain4j.rerank.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How numbers look on a page; scores are never shown as per cent. */
final class Numbers {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Numbers() {}

    /** Four significant digits at most. */
    static String score(double score) {
        return withMinus(
                score == 0 ? "0" : new BigDecimal(score).round(FOUR_DIGITS).toString());
    }

    /** Milliseconds, to a tenth. */
    static String millis(Duration latency) {
        return String.format(Locale.ROOT, "%.1f", latency.toNanos() / 1e6);
    }

    /** The number with a minus sign that is as wide as a plus, not a hyphen. */
    static String withMinus(String number) {
        return number.replace('-', '−');
    }

    /** A value of a measure, to 4 decimals. */
    static String quality(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A place in a drawing, to a tenth of a pixel. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
