package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.PairScorer.PairScores;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call: its batches, and the future that is complete when all of them have run, one of them has failed or the user
 * has cancelled. No score is told after that, and no batch waits any longer.
 */
final class ScoringCall extends CompletableFuture<Void> {

    private final FairWorkers workers;
    private final PairScores scores;
    private final Queue<Runnable> batches = new ArrayDeque<>();
    private final AtomicInteger unfinished;

    /** Guards {@link #over}, and is held while a score is told, so that none comes late. */
    private final Object telling = new Object();

    private boolean over;

    private ScoringCall(FairWorkers workers, int batches, PairScores scores) {
        this.workers = workers;
        this.unfinished = new AtomicInteger(batches);
        this.scores = scores;
    }

    /**
     * Gives a call to the workers and returns at once.
     *
     * @param batches places in {@code texts}; none completes the call
     */
    static ScoringCall start(
            FairWorkers workers,
            PairScorer scorer,
            TokenizedQuery query,
            List<String> texts,
            List<int[]> batches,
            PairScores scores) {
        ScoringCall call = new ScoringCall(workers, batches.size(), scores);
        batches.forEach(places ->
                call.batches.add(() -> call.run(() -> scorer.score(query, texts, places, call::tell))));
        if (batches.isEmpty()) {
            call.complete(null);
        } else {
            workers.submit(call.batches);
        }
        return call;
    }

    private void run(Runnable batch) {
        if (isDone()) {
            return;
        }
        // what hangs on the future runs elsewhere, so that it cannot hold a worker
        try {
            batch.run();
            if (unfinished.decrementAndGet() == 0) {
                defaultExecutor().execute(() -> complete(null));
            }
        } catch (RuntimeException | Error e) { // whatever it is, somebody waits for it
            defaultExecutor().execute(() -> completeExceptionally(e));
        }
    }

    private void tell(int place, TokenizedPair pair, double score) {
        synchronized (telling) {
            if (!over) {
                scores.accept(place, pair, score);
            }
        }
    }

    private void end() {
        synchronized (telling) {
            over = true;
        }
        workers.withdraw(batches);
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
