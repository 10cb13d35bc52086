package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of one call of a composed model: its checked arguments, and how inner models are called. A composition is
 * written once, as a function from a context to the future of a response. In a sync call inner models run on the caller's
 * thread, and each future is complete when the composition receives it. In an async call the futures of inner models are
 * cancelled when the response is complete before them.
 */
abstract sealed class CallContext {

    private final List<TextSegment> segments;
    private final String query;
    private final ScoringRequestParameters parameters;

    private CallContext(List<TextSegment> segments, String query, ScoringRequestParameters parameters) {
        this.segments = segments;
        this.query = query;
        this.parameters = parameters;
    }

    /** Runs a composition on the caller's thread. */
    static Response<List<Double>> sync(
            @Nullable List<TextSegment> segments,
            @Nullable String query,
            ScoringRequestParameters parameters,
            Function<CallContext, CompletableFuture<ModelResponse>> composition) {
        CallContext call = new Sync(Arguments.segments(segments), Arguments.query(query), parameters);
        return Futures.await(call.run(composition), "scoring").toResponse();
    }

    /** Starts a composition. Arguments that are not valid fail the future, as everything else does. */
    static CompletableFuture<ScoringResponse> async(
            ScoringRequest request, Function<CallContext, CompletableFuture<ModelResponse>> composition) {
        CompletableFuture<ScoringResponse> response = new CompletableFuture<>();
        Futures.forward(
                Futures.start(() -> new Async(request, response).run(composition))
                        .thenApply(ModelResponse::toScoringResponse),
                response);
        return response;
    }

    List<TextSegment> segments() {
        return segments;
    }

    String query() {
        return query;
    }

    ScoringRequestParameters parameters() {
        return parameters;
    }

    /** Scores some of the segments with an inner model; without segments it is not called. */
    CompletableFuture<ModelResponse> score(ScoringModel model, List<TextSegment> some) {
        return some.isEmpty() ? CompletableFuture.completedFuture(ModelResponse.EMPTY) : call(model, some);
    }

    abstract CompletableFuture<ModelResponse> call(ScoringModel model, List<TextSegment> some);

    abstract CompletableFuture<ChatResponse> chat(ChatModel model, ChatRequest request);

    /** Waits for work of another call; a sync call blocks here until it is complete. */
    abstract <T> CompletableFuture<T> await(CompletableFuture<T> work);

    /** Whether the response is no longer wanted: the thread is interrupted, or the future is complete. */
    abstract boolean abandoned();

    CompletableFuture<ModelResponse> run(Function<CallContext, CompletableFuture<ModelResponse>> composition) {
        return segments.isEmpty()
                ? CompletableFuture.completedFuture(ModelResponse.EMPTY)
                : Futures.start(() -> composition.apply(this));
    }

    private static final class Sync extends CallContext {

        private Sync(List<TextSegment> segments, String query, ScoringRequestParameters parameters) {
            super(segments, query, parameters);
        }

        @Override
        CompletableFuture<ModelResponse> call(ScoringModel model, List<TextSegment> some) {
            return here(
                    () -> ModelResponse.of(model, model.scoreAll(some, query()), some.size()),
                    "scoring %d segments".formatted(some.size()));
        }

        @Override
        CompletableFuture<ChatResponse> chat(ChatModel model, ChatRequest request) {
            return here(() -> model.chat(request), "asking for an order of passages");
        }

        /** Runs work on this thread, unless it is interrupted. */
        private static <T> CompletableFuture<T> here(Supplier<T> work, String activity) {
            return Futures.start(() -> {
                Futures.checkInterrupt(activity);
                return CompletableFuture.completedFuture(work.get());
            });
        }

        @Override
        <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            if (work.isDone()) {
                return work;
            }
            CountDownLatch done = new CountDownLatch(1);
            Futures.onCompletion(work, (result, failure) -> done.countDown());
            try {
                done.await();
                return work;
            } catch (InterruptedException e) {
                return CompletableFuture.failedFuture(Futures.interrupted("another call scored the same texts", e));
            }
        }

        @Override
        boolean abandoned() {
            return Thread.currentThread().isInterrupted();
        }
    }

    private static final class Async extends CallContext {

        private final CompletableFuture<ScoringResponse> response;

        private Async(ScoringRequest request, CompletableFuture<ScoringResponse> response) {
            super(segments(request), Arguments.query(request.query()), request.parameters());
            this.response = response;
        }

        private static List<TextSegment> segments(ScoringRequest request) {
            return Arguments.texts(request.documents()).stream()
                    .map(TextSegment::from)
                    .toList();
        }

        @Override
        CompletableFuture<ModelResponse> call(ScoringModel model, List<TextSegment> some) {
            ScoringRequest request = ScoringRequest.builder()
                    .documents(some.stream().map(TextSegment::text).toList())
                    .query(query())
                    .parameters(parameters())
                    .build();
            return started(() -> ModelResponse.future(model, model.scoreAsync(request)))
                    .thenApply(scored -> ModelResponse.of(model, scored, some.size()));
        }

        @Override
        CompletableFuture<ChatResponse> chat(ChatModel model, ChatRequest request) {
            return started(() -> model.chatAsync(request));
        }

        private <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> work) {
            if (response.isDone()) {
                return CompletableFuture.failedFuture(new CancellationException("the call was cancelled"));
            }
            CompletableFuture<T> future = Futures.start(work);
            Futures.cancelWith(response, future);
            return future;
        }

        @Override
        <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            return work;
        }

        @Override
        boolean abandoned() {
            return response.isDone();
        }
    }
}
