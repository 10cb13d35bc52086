package dev.langchain4j.rerank;

/**
 * Decides how many texts go into the next call under a deadline. Small calls lose little when the deadline cuts one off;
 * large ones waste less on what each call costs by itself. So a line {@code overhead + perText * texts} is laid through
 * the last two calls, and the next call is as large as fills half of the time that is left, at most four times the last.
 * A service that takes as long for 4 texts as for 8 is soon given all; a model that takes its time for each text is
 * never risked more than half of what is left on.
 */
final class ChunkSizer {

    private static final int FIRST = 4;
    private static final int GROWTH = 4;

    private int lastTexts;
    private long lastNanos;
    private double perText;
    private double overhead;

    /** Texts of the next call, at least 1. */
    int next(long nanosLeft) {
        if (lastTexts == 0) {
            return FIRST;
        }
        double affordable = (nanosLeft - overhead) / 2 / Math.max(perText, 1);
        return (int) Math.max(1, Math.min(affordable, (double) GROWTH * lastTexts));
    }

    /** Learns from a call. */
    void took(int texts, long nanos) {
        boolean comparable = lastTexts != 0 && texts != lastTexts;
        perText = comparable ? Math.max(0, (double) (nanos - lastNanos) / (texts - lastTexts)) : (double) nanos / texts;
        overhead = Math.max(0, nanos - perText * texts);
        lastTexts = texts;
        lastNanos = nanos;
    }
}
