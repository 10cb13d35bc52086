package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.TextScorer.Plan;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One call: its parts, and the future that is complete when all of them have run, one of them has failed or the user has
 * cancelled. No score is told after that, and no part waits any longer.
 */
final class ScoringCall extends CompletableFuture<Void> {

    private final FairWorkers workers;
    private final Consumer<ScoredText> scores;
    private final Queue<Runnable> parts = new ArrayDeque<>();
    private final AtomicInteger unfinished;

    /** Guards {@link #over}, and is held while a score is told, so that none comes late. */
    private final Object telling = new Object();

    private boolean over;

    private ScoringCall(FairWorkers workers, Plan plan, Consumer<ScoredText> scores) {
        this.workers = workers;
        this.scores = scores;
        this.unfinished = new AtomicInteger(plan.parts().size());
        plan.parts().forEach(part -> parts.add(() -> run(plan, part)));
    }

    /**
     * Gives a call to the workers and returns at once; a plan without parts is complete.
     *
     * @param scores is told each score once, by one thread at a time
     * @throws java.util.concurrent.RejectedExecutionException if too many calls wait
     * @throws IllegalStateException if the workers are closed
     */
    static ScoringCall start(FairWorkers workers, Plan plan, Consumer<ScoredText> scores) {
        ScoringCall call = new ScoringCall(workers, plan, scores);
        if (plan.parts().isEmpty()) {
            call.complete(null);
        } else {
            workers.submit(call.parts);
        }
        return call;
    }

    private void run(Plan plan, int[] part) {
        if (isDone()) {
            return;
        }
        // what hangs on the future runs elsewhere, so that it cannot hold a worker
        try {
            plan.score(part, this::tell);
            if (unfinished.decrementAndGet() == 0) {
                defaultExecutor().execute(() -> complete(null));
            }
        } catch (RuntimeException | Error e) { // whatever it is, somebody waits for it
            defaultExecutor().execute(() -> completeExceptionally(e));
        }
    }

    private void tell(ScoredText score) {
        synchronized (telling) {
            if (!over) {
                scores.accept(score);
            }
        }
    }

    private void end() {
        synchronized (telling) {
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
