package dev.langchain4j.rerank.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Worker threads that calls share in turn, one batch each: a call of ten candidates beside one of a thousand waits for
 * a batch or two, not for the thousand.
 *
 * <p>A call waits from when it is submitted until its last batch has been taken. How many may wait is bounded. The
 * threads are daemons, start when there is work and end after a minute without.
 */
final class FairWorkers implements AutoCloseable {

    private static final int IDLE_SECONDS = 60;
    private static final AtomicInteger MODELS = new AtomicInteger();

    private final ExecutorService threads;
    private final int count;
    private final int maxWaitingCalls;

    /** Calls with batches left, the next to be served first. Guarded by itself, as is closing. */
    private final Deque<Queue<Runnable>> waiting = new ArrayDeque<>();

    /** Batches that wait or run. */
    private int unfinished;

    private boolean closed;

    FairWorkers(int workers, int maxWaitingCalls) {
        this.count = workers;
        this.maxWaitingCalls = maxWaitingCalls;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                workers, workers, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** How many threads there are at most. */
    int count() {
        return count;
    }

    /** Calls with a batch that no thread has taken. */
    int waitingCalls() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private static ThreadFactory threadFactory() {
        int model = MODELS.incrementAndGet();
        AtomicInteger workers = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "rerank-local-%d-%d".formatted(model, workers.incrementAndGet()));
            thread.setDaemon(true);
            // not the caller's, which would keep a web application's classes alive
            thread.setContextClassLoader(FairWorkers.class.getClassLoader());
            return thread;
        };
    }

    /**
     * Queues a call.
     *
     * @param call its batches, at least one; none throws; emptied by the workers
     * @throws RejectedExecutionException if too many calls wait
     * @throws ClosedModelException after {@link #close()}
     */
    void submit(Queue<Runnable> call) {
        synchronized (waiting) {
            if (closed) {
                throw new ClosedModelException();
            }
            if (waiting.size() >= maxWaitingCalls) {
                throw new RejectedExecutionException(
                        "%d calls wait for this model's workers, as many as maxWaitingCalls allows: try again later"
                                .formatted(waiting.size()));
            }
            queue(call);
        }
    }

    /**
     * Queues a call again, which has got more batches while one of them runs: neither {@link #close()} nor the limit of
     * waiting calls stands in the way of a call that was taken.
     */
    void goOn(Queue<Runnable> call) {
        synchronized (waiting) {
            queue(call);
        }
    }

    private void queue(Queue<Runnable> call) {
        unfinished += call.size();
        // a turn for each batch; whose batch it is, is decided when a worker is free
        call.forEach(batch -> threads.execute(this::serve));
        waiting.addLast(call);
    }

    private void serve() {
        Runnable batch = next();
        if (batch != null) {
            try {
                batch.run();
            } finally {
                finish(1);
            }
        }
    }

    private void finish(int batches) {
        synchronized (waiting) {
            unfinished -= batches;
            shutDownWhenDone();
        }
    }

    private void shutDownWhenDone() {
        if (closed && unfinished == 0) {
            threads.shutdown();
        }
    }

    /** The next batch of the call whose turn it is; null if batches were withdrawn. */
    private @Nullable Runnable next() {
        synchronized (waiting) {
            Queue<Runnable> call = waiting.pollFirst();
            if (call == null) {
                return null;
            }
            Runnable batch = call.remove();
            if (!call.isEmpty()) {
                waiting.addLast(call);
            }
            return batch;
        }
    }

    /** Takes the batches that have not started out of the queue; does nothing if there are none. */
    void withdraw(Queue<Runnable> call) {
        synchronized (waiting) {
            if (waiting.removeIf(candidate -> candidate == call)) {
                finish(call.size());
            }
        }
    }

    /** Refuses new calls, then waits for those that were submitted, without a limit and whatever interrupts. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            shutDownWhenDone();
        }
        boolean interrupted = false;
        boolean running = true;
        while (running) {
            try {
                running = !threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // leaving now would pull the native model from under a worker
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
