package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoringTimes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One call: its parts, and the future that is complete when all of them have run, one of them has failed or the user has
 * cancelled. No score is reported after that, and no part waits any longer.
 */
final class QueuedCall extends CompletableFuture<Void> {

    private static final long NOT_STARTED = -1;

    private final FairWorkers workers;
    private final CallListener listener;
    private final Queue<Runnable> parts = new ArrayDeque<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final long submitted = System.nanoTime();
    private final AtomicLong waited = new AtomicLong(NOT_STARTED);
    private final LongAdder worked = new LongAdder();

    /** Guards {@link #over}, and is held while the listener is notified, so that nothing is reported late. */
    private final Object reporting = new Object();

    private boolean over;

    private QueuedCall(FairWorkers workers, CallListener listener) {
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * Submits a call to the workers and returns at once; a plan without parts is complete.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many calls wait
     * @throws ClosedModelException if the workers are closed
     */
    static QueuedCall start(FairWorkers workers, ScoringPlan plan, CallListener listener) {
        QueuedCall call = new QueuedCall(workers, listener);
        if (plan.parts().isEmpty()) {
            call.complete(null);
        } else {
            call.take(plan);
            workers.submit(call.parts);
        }
        return call;
    }

    private void take(ScoringPlan plan) {
        unfinished.set(plan.parts().size());
        plan.parts().forEach(part -> parts.add(() -> run(plan, part)));
    }

    private void run(ScoringPlan plan, int[] part) {
        if (isDone()) {
            return;
        }
        long began = System.nanoTime();
        waited.compareAndSet(NOT_STARTED, began - submitted);
        // dependents of the future run on another thread, so that they cannot block a worker
        try {
            plan.score(part, score -> report(() -> listener.scored(score)));
            worked.add(System.nanoTime() - began);
            if (unfinished.decrementAndGet() == 0) {
                finish(plan);
            }
        } catch (RuntimeException | Error e) { // any failure must complete the future
            defaultExecutor().execute(() -> completeExceptionally(e));
        }
    }

    private void finish(ScoringPlan plan) {
        ScoringPlan next = plan.next();
        if (next == null) {
            report(() -> listener.took(times(plan)));
            defaultExecutor().execute(() -> complete(null));
        } else {
            take(next);
            workers.goOn(parts);
        }
    }

    private void report(Runnable event) {
        synchronized (reporting) {
            if (!over) {
                event.run();
            }
        }
    }

    private ScoringTimes times(ScoringPlan plan) {
        long sinceStarted = System.nanoTime() - submitted - waited.get();
        double share = Math.min(1, (double) plan.tokenizingNanos() / Math.max(1, worked.sum()));
        long tokenizing = (long) (share * sinceStarted);
        return new ScoringTimes(
                Duration.ofNanos(waited.get()),
                Duration.ofNanos(tokenizing),
                Duration.ofNanos(sinceStarted - tokenizing));
    }

    private void end() {
        synchronized (reporting) {
            over = true;
        }
        workers.withdraw(parts);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        end();
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(Void nothing) {
        end();
        return super.complete(null);
    }

    @Override
    public boolean completeExceptionally(Throwable e) {
        end();
        return super.completeExceptionally(e);
    }
}
