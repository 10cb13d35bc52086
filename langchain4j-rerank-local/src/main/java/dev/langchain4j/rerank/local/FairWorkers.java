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
 * <p>A call waits from its submission until a worker has taken its last batch. The number of waiting calls is bounded.
 * The threads are daemons, start when there is work and end after a minute without work.
 */
final class FairWorkers implements AutoCloseable {

    private static final int IDLE_SECONDS = 60;
    private static final AtomicInteger MODELS = new AtomicInteger();

    private final ExecutorService threads;
    private final int count;
    private final int maxWaitingCalls;

    /** Calls with queued batches, the next one first. Its lock also guards {@code closed}. */
    private final Deque<Queue<Runnable>> waiting = new ArrayDeque<>();

    /** Number of batches that wait or run. */
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

    /** Returns the maximum number of threads. */
    int count() {
        return count;
    }

    /** Returns the number of calls with a queued batch. */
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
            // not that of the caller, which would keep the classes of a web application alive
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
                        "%d calls wait for the workers of this model, the limit of maxWaitingCalls: try again later"
                                .formatted(waiting.size()));
            }
            queue(call);
        }
    }

    /**
     * Queues a running call again with more batches. Neither {@link #close()} nor the limit of waiting calls applies to
     * a call that was accepted.
     */
    void goOn(Queue<Runnable> call) {
        synchronized (waiting) {
            queue(call);
        }
    }

    private void queue(Queue<Runnable> call) {
        unfinished += call.size();
        // one turn per batch; the batch is chosen when a worker is free
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

    /** Returns the next batch of the call whose turn it is; null if batches were withdrawn. */
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

    /** Withdraws the batches that have not started; does nothing if there are none. */
    void withdraw(Queue<Runnable> call) {
        synchronized (waiting) {
            if (waiting.removeIf(candidate -> candidate == call)) {
                finish(call.size());
            }
        }
    }

    /** Refuses new calls, then waits for the accepted ones, without a time limit and despite interrupts. */
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
                interrupted = true; // returning now would free the native model while a worker uses it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
