package dev.langchain4j.rerank.testkit;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A scoring model for tests of components around a scoring model. It scores with a function of the pair, records its
 * calls, and can fail, wait or return invalid scores on demand. It reports a usage of one input token per text. An
 * async call completes on the caller's thread unless it waits. Thread-safe.
 */
public final class FakeScoringModel implements ScoringModel, AutoCloseable {

    /** The arguments of one call. */
    public record Call(List<String> texts, String query) {}

    private final BiFunction<List<String>, String, List<Double>> answers;
    private final boolean async;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;

    /** Creates a model that scores with {@link #scoreOf}. */
    public FakeScoringModel() {
        this(FakeScoringModel::scoreOf);
    }

    /** Creates a model that scores with a function of text and query. */
    public FakeScoringModel(ToDoubleBiFunction<String, String> scorer) {
        this(
                (texts, query) -> texts.stream()
                        .map(text -> scorer.applyAsDouble(text, query))
                        .toList(),
                true);
    }

    private FakeScoringModel(BiFunction<List<String>, String, List<Double>> answers, boolean async) {
        this.answers = answers;
        this.async = async;
    }

    /**
     * Returns a model that returns these scores for every call, regardless of the number of texts; they may be NaN,
     * infinite or null.
     */
    public static FakeScoringModel answering(List<@Nullable Double> scores) {
        return new FakeScoringModel((texts, query) -> scores, true);
    }

    /**
     * Returns a model that scores with {@link #scoreOf} and does not implement the async API, like most scoring models
     * of LangChain4j.
     */
    public static FakeScoringModel synchronousOnly() {
        return new FakeScoringModel(new FakeScoringModel().answers, false);
    }

    /**
     * Returns a number from -10 (inclusive) to 10 that identifies the pair: equal pairs have equal scores, different
     * pairs almost never do.
     */
    public static double scoreOf(String text, String query) {
        return Math.floorMod(31 * text.hashCode() + query.hashCode(), 20_000_000) / 1_000_000.0 - 10;
    }

    /** Makes every call from now on fail with {@code exception}. */
    public void fail(RuntimeException exception) {
        failure = exception;
    }

    /** Makes calls from now on succeed again. */
    public void recover() {
        failure = null;
    }

    /**
     * Makes calls from now on wait until {@link #release()}: sync calls block their thread, async calls return
     * incomplete futures.
     */
    public void hold() {
        gate = new CompletableFuture<>();
    }

    /** Completes the waiting calls, and lets later ones pass. */
    public void release() {
        gate.complete(null);
    }

    /** Returns a future that completes at the first call of the model. */
    public CompletableFuture<?> reached() {
        return reached;
    }

    /**
     * Returns a future that completes when an async call is cancelled or a sync call is interrupted while it waits.
     */
    public CompletableFuture<?> stopped() {
        return stopped;
    }

    /** Returns the calls so far, in the order of arrival. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Returns the number of texts in all calls so far. */
    public int pairs() {
        return calls.stream().mapToInt(call -> call.texts().size()).sum();
    }

    /** Returns whether the model was closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> texts = segments.stream().map(TextSegment::text).toList();
        CompletableFuture<Void> passed = arrive(texts, query);
        try {
            passed.get();
        } catch (InterruptedException e) {
            stopped.complete(null);
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the gate of a fake cannot fail", e);
        }
        return Response.from(answer(texts, query), usage(texts));
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        if (!async) {
            return ScoringModel.super.doScoreAsync(request);
        }
        List<String> texts = request.documents();
        CompletableFuture<ScoringResponse> response = arrive(texts, request.query())
                .thenApply(passed -> ScoringResponse.builder()
                        .scores(answer(texts, request.query()))
                        .tokenUsage(usage(texts))
                        .build());
        CompletableFuture<ScoringResponse> unused = response.whenComplete((answered, problem) -> {
            if (response.isCancelled()) {
                stopped.complete(null);
            }
        });
        return response;
    }

    @Override
    public void close() {
        closed = true;
    }

    private CompletableFuture<Void> arrive(List<String> texts, String query) {
        calls.add(new Call(texts, query));
        reached.complete(null);
        return gate;
    }

    private List<Double> answer(List<String> texts, String query) {
        RuntimeException exception = failure;
        if (exception != null) {
            throw exception;
        }
        return answers.apply(texts, query);
    }

    private static TokenUsage usage(List<String> texts) {
        return new TokenUsage(texts.size());
    }
}
