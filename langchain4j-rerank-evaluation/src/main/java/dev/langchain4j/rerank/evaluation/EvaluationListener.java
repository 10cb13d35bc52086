package dev.langchain4j.rerank.evaluation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * A listener that is notified of the progress of an evaluation, on the thread that runs it, outside the timed calls.
 */
@FunctionalInterface
public interface EvaluationListener {

    /** Called when one configuration has reranked one query. */
    void onProgress(Progress progress);

    /**
     * The progress of an evaluation.
     *
     * @param configuration name of the running configuration
     * @param depth number of candidates that it reranks
     * @param done number of queries that this configuration has completed at this depth, from 1
     * @param queries total number of queries
     * @param latency duration of the last query
     */
    record Progress(String configuration, int depth, int done, int queries, Duration latency) {}

    /** Returns a listener that prints a line after every tenth of a configuration's queries. */
    static EvaluationListener printingTo(PrintStream out) {
        return progress -> {
            int tenth = progress.done() * 10 / progress.queries();
            if (tenth > (progress.done() - 1) * 10 / progress.queries()) {
                out.printf(
                        Locale.ROOT,
                        "%s, depth %d: %d of %d queries, the last took %.1f ms%n",
                        progress.configuration(),
                        progress.depth(),
                        progress.done(),
                        progress.queries(),
                        progress.latency().toNanos() / 1e6);
            }
        };
    }
}
