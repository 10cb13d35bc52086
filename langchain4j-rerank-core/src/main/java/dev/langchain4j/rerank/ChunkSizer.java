package dev.langchain4j.rerank;

/**
 * The number of texts in the next call under a deadline. Small calls lose little when the deadline cuts one off; large
 * calls waste less on the fixed cost of a call. A line {@code overhead + perText * texts} is fitted through the last
 * two calls, and the next call is as large as fills half of the remaining time, at most four times the last one. A
 * service that takes as long for 4 texts as for 8 soon gets all of them; a model whose time grows with each text never
 * risks more than half of the remaining time.
 */
final class ChunkSizer {

    private static final int FIRST = 4;
    private static final int GROWTH = 4;

    private int lastTexts;
    private long lastNanos;
    private double perText;
    private double overhead;

    /** Returns the number of texts in the next call, at least 1. */
    int next(long nanosLeft) {
        if (lastTexts == 0) {
            return FIRST;
        }
        double affordable = (nanosLeft - overhead) / 2 / Math.max(perText, 1);
        return (int) Math.max(1, Math.min(affordable, (double) GROWTH * lastTexts));
    }

    /** Updates the estimate with the duration of a call. */
    void took(int texts, long nanos) {
        boolean comparable = lastTexts != 0 && texts != lastTexts;
        perText = comparable ? Math.max(0, (double) (nanos - lastNanos) / (texts - lastTexts)) : (double) nanos / texts;
        overhead = Math.max(0, nanos - perText * texts);
        lastTexts = texts;
        lastNanos = nanos;
    }
}
