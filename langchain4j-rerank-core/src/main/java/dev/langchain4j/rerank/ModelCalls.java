package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the model for one ranking: on which thread each runs, sync or async, and stopping them together. Never
 * throws; a call that cannot start is a failed future. Thread-safe.
 *
 * <p>Threads: without a deadline a sync ranking calls the model on its caller's thread, so that nothing changes for models
 * that are bound to it. With one, or in an async ranking, no call of the model runs on a thread that somebody waits on:
 * blocking calls go to the executor, where they can be interrupted.
 */
final class ModelCalls {

    private final ScoringSettings settings;
    private final boolean async;
    private final RunningCalls running = new RunningCalls();
    private volatile boolean closed;

    /**
     * Prepares the calls of one ranking.
     *
     * @param async whether nobody waits for the ranking on a thread
     */
    ModelCalls(ScoringSettings settings, boolean async) {
        this.settings = settings;
        this.async = async;
    }

    /** Whether calls may be cut short, by the deadline or by cancellation of an async ranking. */
    boolean interruptible() {
        return async || settings.timeoutNanos() != null;
    }

    /** Scores segments in one call. */
    CompletableFuture<ModelResponse> score(List<TextSegment> segments, String query) {
        ScoringModel model = settings.model();
        Supplier<ModelResponse> blocking =
                () -> ModelResponse.of(model, model.scoreAll(segments, query), segments.size());
        if (!async) {
            return run(settings.timeoutNanos() == null ? Runnable::run : offCaller(), blocking);
        }
        ScoringRequest request =
                ScoringRequest.builder().documents(texts(segments)).query(query).build();
        return start(() -> model.scoreAsync(request))
                .thenApply(response -> ModelResponse.of(model, response, segments.size()))
                .exceptionallyCompose(failure -> Futures.cause(failure) instanceof AsyncNotSupportedException
                        ? run(offCaller(), blocking)
                        : CompletableFuture.failedFuture(failure));
    }

    /** Scores segments in one call that reports scores as they are computed. */
    CompletableFuture<Void> scoreEach(
            ProgressiveScoringModel model, List<TextSegment> segments, String query, ScoreSink sink) {
        return start(() -> model.scoreEach(texts(segments), query, sink));
    }

    private static List<String> texts(List<TextSegment> segments) {
        return segments.stream().map(TextSegment::text).toList();
    }

    /** Starts an async call; with a deadline on the executor, as a call may block before it returns its future. */
    private <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> call) {
        Executor where = settings.timeoutNanos() == null ? Runnable::run : offCaller();
        return closed
                ? ended()
                : CompletableFuture.completedFuture(call)
                        .thenComposeAsync(start -> running.add(required(start.get())), where);
    }

    private <T> CompletableFuture<T> required(@Nullable CompletableFuture<T> future) {
        if (future == null) {
            throw new InvalidScoresException(
                    ModelResponse.nameOf(settings.model()) + " returned null instead of a future");
        }
        return future;
    }

    private Executor offCaller() {
        return running.interruptible(settings.executor());
    }

    private <T> CompletableFuture<T> run(Executor executor, Supplier<T> call) {
        return closed ? ended() : CompletableFuture.completedFuture(call).thenApplyAsync(Supplier::get, executor);
    }

    private static <T> CompletableFuture<T> ended() {
        return CompletableFuture.failedFuture(new CancellationException("the ranking has ended"));
    }

    /** Whether no more calls are made. */
    boolean closed() {
        return closed;
    }

    /** Makes no more calls. Running calls continue until {@link #stop}. */
    void close() {
        closed = true;
    }

    /** Makes no more calls and cancels the running ones. */
    void stop() {
        closed = true;
        running.stop();
    }
}
