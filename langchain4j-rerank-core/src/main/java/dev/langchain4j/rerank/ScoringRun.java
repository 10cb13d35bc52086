package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.rerank.internal.Futures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The scoring of one ranking. Every query is scored on its own; the run ends when all are scored, at the deadline, or
 * when a call failed and the failure is to be thrown. However it ends, calls that are running are stopped.
 */
final class ScoringRun {

    /**
     * Grace period after the deadline in which cancelled calls may stop before the caller gets its answer, so that it
     * finds them stopped.
     */
    private static final Duration GRACE = Duration.ofMillis(20);

    private final ScoringSettings settings;
    private final List<QueryCandidates> queries;
    private final List<TextSegment> segments;
    private final BestScores scores;
    private final long deadline;
    private final ModelCalls calls;
    private final AtomicInteger openQueries;
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final CompletableFuture<BestScores> outcome = new CompletableFuture<>();

    /** Whether the deadline ended the run. Then another thread stops the calls, not that of the deadlines. */
    private volatile boolean expired;

    /**
     * Prepares a run.
     *
     * @param began when the ranking began, by the timer of {@code settings}
     * @param async whether nobody waits for the outcome on a thread
     */
    ScoringRun(
            ScoringSettings settings, Shortlist shortlist, List<QueryCandidates> queries, long began, boolean async) {
        this.settings = settings;
        this.queries = queries;
        this.segments = settings.segments(shortlist);
        this.scores = new BestScores(shortlist.size());
        this.calls = new ModelCalls(settings, async);
        this.openQueries = new AtomicInteger(queries.size());
        this.deadline = settings.timeoutNanos() == null ? 0 : began + settings.timeoutNanos();
    }

    /** Starts the run; a sync run without a deadline has ended when this returns. */
    void start() {
        Runnable cancelDeadline =
                settings.timeoutNanos() == null ? () -> {} : settings.timer().after(nanosLeft(), this::expire);
        Futures.onCompletion(outcome, (scored, failure) -> {
            calls.close();
            cancelDeadline.run();
            if (!expired) {
                calls.stop();
            }
        });
        for (QueryCandidates query : queries) {
            if (!calls.closed()) {
                Futures.onCompletion(score(query), (scored, failure) -> end(failure));
            }
        }
    }

    private CompletableFuture<Void> score(QueryCandidates candidates) {
        String query = candidates.query();
        List<TextSegment> asked =
                candidates.indexes().stream().map(segments::get).toList();
        ScoreSink sink = scores.sinkFor(candidates.indexes());
        if (calls.interruptible() && settings.model() instanceof ProgressiveScoringModel model && model.progressive()) {
            return ProgressiveQuery.score(calls, model, query, asked, sink);
        }
        return settings.timeoutNanos() == null || settings.listwise()
                ? calls.score(asked, query).thenAccept(response -> response.report(0, sink))
                : ChunkedQuery.score(calls, query, asked, sink, this::nanosLeft);
    }

    private long nanosLeft() {
        return deadline - settings.timer().nanos();
    }

    /**
     * Ends one query.
     *
     * @param failure why it has not got all its scores; null if it has
     */
    private void end(@Nullable Throwable failure) {
        if (calls.closed()) {
            return;
        }
        if (failure != null) {
            Throwable cause = Futures.cause(failure);
            if (cause instanceof Error || settings.onFailure() == FailurePolicy.THROW) {
                outcome.completeExceptionally(cause);
                return;
            }
            firstFailure.compareAndSet(null, cause);
        }
        if (openQueries.decrementAndGet() == 0) {
            outcome.complete(scores.close(firstFailure.get()));
        }
    }

    /** Completes with the closed scores, or with the exception that is to be thrown. */
    CompletableFuture<BestScores> outcome() {
        return outcome;
    }

    /** Waits for the outcome. An interrupt stops the run and sets the thread's interrupt flag again. */
    BestScores await() {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            CancellationException interrupted = Futures.interrupted("waiting for the scores of " + progress(), e);
            scores.close(e);
            outcome.cancel(true);
            if (settings.onFailure() == FailurePolicy.KEEP_RETRIEVAL_ORDER) {
                return scores;
            }
            throw interrupted;
        } catch (ExecutionException e) {
            throw Futures.unchecked(Futures.cause(e));
        }
    }

    /** Stops the run, if it has not ended. */
    void cancel() {
        outcome.cancel(true);
    }

    private void expire() {
        TimeoutException timeout = new TimeoutException(
                "scoring was not done after %s: got %s; allow more time, fewer candidates (maxCandidates), or use the scores that are there (FailurePolicy.KEEP_RETRIEVAL_ORDER)"
                        .formatted(settings.timeout(), progress()));
        calls.close();
        expired = true;
        scores.close(timeout);
        Runnable unused = settings.timer().after(GRACE.toNanos(), () -> settle(timeout));
        try {
            // cancelling runs code of the model, which may hang and must not delay other deadlines
            Threads.models().execute(() -> {
                calls.stop();
                settle(timeout);
            });
        } catch (RejectedExecutionException e) {
            // The model pool is full of hung calls. Do not wait for these; the grace timer ends the run.
        }
    }

    private void settle(TimeoutException timeout) {
        if (settings.onFailure() == FailurePolicy.KEEP_RETRIEVAL_ORDER) {
            outcome.complete(scores);
        } else {
            outcome.completeExceptionally(timeout);
        }
    }

    private String progress() {
        return "%d of %d candidates".formatted(scores.scoredCount(), segments.size());
    }
}
