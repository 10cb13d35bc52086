package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scoring of one ranking. Every query is asked for on its own; the run ends when all are answered, when the deadline
 * is there, or when a call failed and that is to be thrown. Whatever ends it, calls that are under way are stopped.
 *
 * <p>Who runs what: without a deadline a sync ranking calls the model on its caller's thread, so that nothing changes for
 * models that bind to it. With one, or in an async ranking, no call of the model runs on a thread that somebody waits on:
 * blocking calls go to the executor, where they can be interrupted.
 */
final class ScoringRun {

    /** How long the deadline waits for calls to take their cancellation, so that the caller finds them stopped. */
    private static final Duration GRACE = Duration.ofMillis(20);

    private final Scoring scoring;
    private final boolean async;
    private final List<QueryPlaces> queries;
    private final List<TextSegment> segments;
    private final ScoreSheet sheet;
    private final long deadline;
    private final RunningCalls calls = new RunningCalls();
    private final AtomicInteger openQueries;
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final CompletableFuture<ScoreSheet> outcome = new CompletableFuture<>();
    private volatile boolean over;

    /** Whether the deadline ended the run: then it has the calls stopped, away from the thread of the deadlines. */
    private volatile boolean expired;

    /**
     * Prepares a run.
     *
     * @param began when the ranking began, by the timer of {@code scoring}
     * @param async whether nobody waits for the outcome on a thread
     */
    ScoringRun(Scoring scoring, Shortlist shortlist, List<QueryPlaces> queries, long began, boolean async) {
        this.scoring = scoring;
        this.async = async;
        this.queries = queries;
        this.segments = scoring.segments(shortlist);
        this.sheet = new ScoreSheet(shortlist.size());
        this.openQueries = new AtomicInteger(queries.size());
        this.deadline = scoring.timeoutNanos() == null ? 0 : began + scoring.timeoutNanos();
    }

    /** Begins; a sync run without a deadline is over when this returns. */
    void start() {
        Runnable deadlineOff =
                scoring.timeoutNanos() == null ? () -> {} : scoring.timer().after(nanosLeft(), this::expire);
        CompletableFuture<ScoreSheet> unused = outcome.whenComplete((scored, problem) -> {
            over = true;
            deadlineOff.run();
            if (!expired) {
                calls.stop();
            }
        });
        for (QueryPlaces query : queries) {
            if (!over) {
                ask(query);
            }
        }
    }

    private void ask(QueryPlaces query) {
        boolean cutShort = async || scoring.timeoutNanos() != null;
        if (cutShort && scoring.model() instanceof ProgressiveScoringModel progressive) {
            new ProgressiveQuery(this, progressive, query).start();
        } else {
            boolean whole = scoring.timeoutNanos() == null || scoring.listwise();
            new ChunkedQuery(this, query, whole ? null : new ChunkSizer()).advance();
        }
    }

    /** Completes with the closed sheet, or with the exception that is to be thrown. */
    CompletableFuture<ScoreSheet> outcome() {
        return outcome;
    }

    /** Waits for the outcome. An interrupt stops the run; the thread's interrupt flag is set again. */
    ScoreSheet await() {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sheet.close(e);
            outcome.cancel(true);
            if (scoring.onFailure() == FailurePolicy.KEEP_RETRIEVAL_ORDER) {
                return sheet;
            }
            throw (CancellationException)
                    new CancellationException("interrupted while waiting for the scores of " + progress()).initCause(e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    /** Stops the run, if it is still going. */
    void cancel() {
        outcome.cancel(true);
    }

    private static RuntimeException thrown(@Nullable Throwable problem) {
        if (problem instanceof Error error) {
            throw error;
        }
        return problem instanceof RuntimeException exception ? exception : new LangChain4jException(problem);
    }

    /** The problem itself, without what CompletableFuture puts around it. */
    static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }

    private void expire() {
        TimeoutException timeout = new TimeoutException(
                "scoring was not done after %s: got %s; allow more time, fewer candidates (maxCandidates), or take what is there (FailurePolicy.KEEP_RETRIEVAL_ORDER)"
                        .formatted(Duration.ofNanos(Objects.requireNonNull(scoring.timeoutNanos())), progress()));
        over = true;
        expired = true;
        sheet.close(timeout);
        Runnable unused = scoring.timer().after(GRACE.toNanos(), () -> settle(timeout));
        try {
            // cancelling runs code of the model, which may hang and must not hold up other deadlines
            Threads.models().execute(() -> {
                calls.stop();
                settle(timeout);
            });
        } catch (RejectedExecutionException e) {
            // as many calls hang as may: these are left to themselves, and the grace ends the run
        }
    }

    private void settle(TimeoutException timeout) {
        if (scoring.onFailure() == FailurePolicy.KEEP_RETRIEVAL_ORDER) {
            outcome.complete(sheet);
        } else {
            outcome.completeExceptionally(timeout);
        }
    }

    private String progress() {
        return "%d of %d candidates".formatted(sheet.scoredPlaces(), segments.size());
    }

    // What the queries use

    boolean over() {
        return over;
    }

    long nanosLeft() {
        return deadline - scoring.timer().nanos();
    }

    long nanos() {
        return scoring.timer().nanos();
    }

    TextSegment segment(int place) {
        return segments.get(place);
    }

    void scored(int place, double score, ScoreDetail detail) {
        sheet.note(place, score, detail);
    }

    /** Where the time of a call went; null if the model told nothing. */
    void took(@Nullable ScoringTimes times) {
        sheet.note(times);
    }

    /**
     * A query is through; each says so once.
     *
     * @param problem why it has not got all its scores; null if it has
     */
    void ended(@Nullable Throwable problem) {
        if (over) {
            return;
        }
        if (problem != null) {
            Throwable cause = unwrapped(problem);
            if (cause instanceof Error || scoring.onFailure() == FailurePolicy.THROW) {
                outcome.completeExceptionally(cause);
                return;
            }
            firstFailure.compareAndSet(null, cause);
        }
        if (openQueries.decrementAndGet() == 0) {
            outcome.complete(sheet.close(firstFailure.get()));
        }
    }

    /** Asks the model for the scores of some segments. */
    CompletableFuture<ModelResponse> call(List<TextSegment> asked, String query) {
        ScoringModel model = scoring.model();
        Supplier<ModelResponse> blocking = () -> ModelResponse.of(model, model.scoreAll(asked, query), asked.size());
        if (!async) {
            return on(scoring.timeoutNanos() == null ? Runnable::run : offCaller(), blocking);
        }
        ScoringRequest request = ScoringRequest.builder()
                .documents(asked.stream().map(TextSegment::text).toList())
                .query(query)
                .build();
        return begin(() -> model.scoreAsync(request))
                .thenApply(response -> ModelResponse.of(model, response, asked.size()))
                .exceptionallyCompose(problem -> unwrapped(problem) instanceof AsyncNotSupportedException
                        ? on(offCaller(), blocking)
                        : CompletableFuture.failedFuture(problem));
    }

    /** Begins an async call; with a deadline on the executor, as a call may block before it returns its future. */
    <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> asyncCall) {
        Executor where = scoring.timeoutNanos() == null ? Runnable::run : offCaller();
        return CompletableFuture.completedFuture(asyncCall)
                .thenComposeAsync(
                        call -> calls.note(Objects.requireNonNull(
                                call.get(),
                                () -> ModelResponse.nameOf(scoring.model()) + " returned null instead of a future")),
                        where);
    }

    private Executor offCaller() {
        return calls.interruptible(scoring.executor());
    }

    /** Turns whatever happens to a call into a future, a refusal of the executor included. */
    private static <T> CompletableFuture<T> on(Executor executor, Supplier<T> call) {
        return CompletableFuture.completedFuture(call).thenApplyAsync(Supplier::get, executor);
    }
}
