package dev.langchain4j.rerank.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** The format of numbers on a page; scores are never shown as percentages. */
final class Numbers {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Numbers() {}

    /** Returns a score with at most four significant digits. */
    static String score(double score) {
        return withMinus(
                score == 0 ? "0" : new BigDecimal(score).round(FOUR_DIGITS).toString());
    }

    /** Returns a duration in milliseconds, to one decimal. */
    static String millis(Duration latency) {
        return String.format(Locale.ROOT, "%.1f", latency.toNanos() / 1e6);
    }

    /** Returns the number with a minus sign, which is as wide as a plus sign, instead of a hyphen. */
    static String withMinus(String number) {
        return number.replace('-', '−');
    }

    /** Returns a value of a measure, to 4 decimals. */
    static String quality(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns a coordinate of a drawing, to a tenth of a pixel. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
