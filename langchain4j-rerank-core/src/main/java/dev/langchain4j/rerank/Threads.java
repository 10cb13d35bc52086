package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that all aggregators share. All are daemons, start on demand and end when idle. */
final class Threads {

    static final Duration IDLE = Duration.ofSeconds(30);

    private static final int MAX_MODEL_CALLS = 1024;
    private static final int MAX_ENDINGS = 64;

    private static final Executor MODELS = pool("rerank-model", MAX_MODEL_CALLS, (task, pool) -> {
        throw new RejectedExecutionException(
                "%d model calls are running already: give the aggregator an executor of its own, or fewer concurrent callers"
                        .formatted(MAX_MODEL_CALLS));
    });

    private static final Executor ENDINGS =
            pool("rerank-finish", MAX_ENDINGS, new ThreadPoolExecutor.CallerRunsPolicy());

    private Threads() {}

    /** The pool for models that have no async path. It refuses a call rather than queue it behind models that hang. */
    static Executor models() {
        return MODELS;
    }

    /** The pool on which async rankings end. No model runs here, so a hung model cannot block it. */
    static Executor endings() {
        return ENDINGS;
    }

    static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Executor pool(String name, int maxThreads, RejectedExecutionHandler whenFull) {
        return new ThreadPoolExecutor(
                0, maxThreads, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name), whenFull);
    }
}
