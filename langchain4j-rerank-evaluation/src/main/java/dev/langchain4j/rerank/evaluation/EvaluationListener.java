package dev.langchain4j.rerank.evaluation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Told how far an evaluation is. Called on the thread that runs it, outside what is timed. */
@FunctionalInterface
public interface EvaluationListener {

    /** One query was reranked by one configuration. */
    void onProgress(Progress progress);

    /**
     * How far an evaluation is.
     *
     * @param configuration name of the configuration at work
     * @param depth candidates that it reranks
     * @param done queries that this configuration has done at this depth, from 1
     * @param queries queries that it will have done
     * @param latency what the last query took
     */
    record Progress(String configuration, int depth, int done, int queries, Duration latency) {}

    /** Prints a line for every tenth of a configuration's queries. */
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
