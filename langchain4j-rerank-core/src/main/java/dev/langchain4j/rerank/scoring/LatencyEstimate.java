package dev.langchain4j.rerank.scoring;

/** The estimated latency of a model per text: a mean over its calls, in which the latest weigh most. Thread-safe. */
final class LatencyEstimate {

    /** High enough to follow a change of load within a few calls, low enough that one slow call does not decide. */
    private static final double WEIGHT_OF_LATEST = 0.3;

    private double nanos; // 0 before the first call

    synchronized void learn(long tookNanos, int texts) {
        double last = Math.max(1, (double) tookNanos / texts);
        nanos = nanos == 0 ? last : WEIGHT_OF_LATEST * last + (1 - WEIGHT_OF_LATEST) * nanos;
    }

    /** The number of texts that are expected to take this time; unbounded before the first call. */
    synchronized int textsIn(long availableNanos) {
        return nanos == 0 ? Integer.MAX_VALUE : (int) (availableNanos / nanos);
    }
}
