package dev.langchain4j.rerank.scoring;

/** What a text costs with a model: the mean over calls, of which the last count most. Thread-safe. */
final class LatencyEstimate {

    /** Follows a change of load within a few calls, and one slow call does not decide. */
    private static final double WEIGHT_OF_LAST = 0.3;

    private double nanos; // 0 before the first call

    synchronized void learn(long tookNanos, int texts) {
        double last = Math.max(1, (double) tookNanos / texts);
        nanos = nanos == 0 ? last : WEIGHT_OF_LAST * last + (1 - WEIGHT_OF_LAST) * nanos;
    }

    /** How many texts are expected to take so long; as many as there can be before the first call. */
    synchronized int textsIn(long availableNanos) {
        return nanos == 0 ? Integer.MAX_VALUE : (int) (availableNanos / nanos);
    }
}
