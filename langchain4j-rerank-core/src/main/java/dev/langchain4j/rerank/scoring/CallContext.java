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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a composed model: what it was given, checked, and the way in which inner models are asked. A composition
 * is written once, as a function from a call to the future of its scores. In a sync call inner models run on the
 * caller's thread, and every future is complete when the composition gets it; in an async call their futures are
 * cancelled when the answer is done before them.
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
            List<TextSegment> segments,
            String query,
            ScoringRequestParameters parameters,
            Function<CallContext, CompletableFuture<Scores>> composition) {
        CallContext call = new Sync(checkedSegments(segments), checkedQuery(query), parameters);
        try {
            return call.run(composition).join().toResponse();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Starts a composition; bad arguments fail the future as everything else does. */
    static CompletableFuture<ScoringResponse> async(
            ScoringRequest request, Function<CallContext, CompletableFuture<Scores>> composition) {
        CompletableFuture<ScoringResponse> answer = new CompletableFuture<>();
        CompletableFuture<?> unused = CompletableFuture.<CallContext>supplyAsync(
                        () -> new Async(request, answer), Runnable::run)
                .thenCompose(call -> call.run(composition))
                .whenComplete((scores, failure) -> {
                    if (failure == null) {
                        answer.complete(scores.toScoringResponse());
                    } else {
                        answer.completeExceptionally(cause(failure));
                    }
                });
        return answer;
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

    /** Asks a model about some segments, which may be none; then it is not called. */
    CompletableFuture<Scores> ask(ScoringModel model, List<TextSegment> some) {
        return some.isEmpty() ? CompletableFuture.completedFuture(Scores.NONE) : score(model, some);
    }

    abstract CompletableFuture<Scores> score(ScoringModel model, List<TextSegment> some);

    abstract CompletableFuture<ChatResponse> chat(ChatModel model, ChatRequest request);

    /** Work of somebody else that this call needs; a sync call waits here until it is done. */
    abstract <T> CompletableFuture<T> await(CompletableFuture<T> work);

    /** Whether nobody waits for the answer any more: the thread is interrupted, or the future is cancelled. */
    abstract boolean abandoned();

    private CompletableFuture<Scores> run(Function<CallContext, CompletableFuture<Scores>> composition) {
        return segments.isEmpty()
                ? CompletableFuture.completedFuture(Scores.NONE)
                : CompletableFuture.completedFuture(this).thenCompose(composition);
    }

    /** The failure itself, without the wrapping that dependent futures add. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Cancels {@code work} as soon as {@code wanted} is done; nothing happens to work that is done by then. */
    static void cancelWith(CompletableFuture<?> wanted, CompletableFuture<?> work) {
        CompletableFuture<?> unused = wanted.whenComplete((done, failure) -> work.cancel(true));
    }

    static List<TextSegment> checkedTexts(List<String> texts) {
        List<TextSegment> segments = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text == null || text.isBlank()) {
                throw new IllegalArgumentException("the text at index %d is %s: a text to score must not be blank"
                        .formatted(i, text == null ? "null" : "blank"));
            }
            segments.add(TextSegment.from(text));
        }
        return segments;
    }

    static String checkedQuery(@Nullable String query) {
        if (query == null || query.isBlank()) {
            throw new IllegalArgumentException(
                    "the query is %s: a query must not be blank".formatted(query == null ? "null" : "blank"));
        }
        return query;
    }

    private static List<TextSegment> checkedSegments(@Nullable List<TextSegment> segments) {
        if (segments == null) {
            throw new IllegalArgumentException("segments is null: give a list, which may be empty");
        }
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) == null) {
                throw new IllegalArgumentException("the segment at index %d is null".formatted(i));
            }
        }
        return List.copyOf(segments);
    }

    private static final class Sync extends CallContext {

        private Sync(List<TextSegment> segments, String query, ScoringRequestParameters parameters) {
            super(segments, query, parameters);
        }

        @Override
        CompletableFuture<Scores> score(ScoringModel model, List<TextSegment> some) {
            return here(() -> Scores.of(model, some.size(), model.scoreAll(some, query())));
        }

        @Override
        CompletableFuture<ChatResponse> chat(ChatModel model, ChatRequest request) {
            return here(() -> model.chat(request));
        }

        /** On this thread and at once; a failure becomes that of the future. */
        private static <T> CompletableFuture<T> here(Supplier<T> work) {
            return CompletableFuture.supplyAsync(work, Runnable::run);
        }

        @Override
        <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            if (work.isDone()) {
                return work;
            }
            CountDownLatch done = new CountDownLatch(1);
            CompletableFuture<?> unused = work.whenComplete((result, failure) -> done.countDown());
            try {
                done.await();
                return work;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                CancellationException interrupted =
                        new CancellationException("interrupted while another call scored the same texts");
                interrupted.initCause(e);
                return CompletableFuture.failedFuture(interrupted);
            }
        }

        @Override
        boolean abandoned() {
            return Thread.currentThread().isInterrupted();
        }
    }

    private static final class Async extends CallContext {

        private final CompletableFuture<ScoringResponse> answer;

        private Async(ScoringRequest request, CompletableFuture<ScoringResponse> answer) {
            super(checkedTexts(request.documents()), checkedQuery(request.query()), request.parameters());
            this.answer = answer;
        }

        @Override
        CompletableFuture<Scores> score(ScoringModel model, List<TextSegment> some) {
            ScoringRequest request = ScoringRequest.builder()
                    .documents(some.stream().map(TextSegment::text).toList())
                    .query(query())
                    .parameters(parameters())
                    .build();
            return started(() -> model.scoreAsync(request))
                    .thenApply(response -> Scores.of(model, some.size(), response));
        }

        @Override
        CompletableFuture<ChatResponse> chat(ChatModel model, ChatRequest request) {
            return started(() -> model.chatAsync(request));
        }

        /** What throws instead of failing its future is treated alike. */
        private <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> work) {
            if (answer.isDone()) {
                return CompletableFuture.failedFuture(
                        new CancellationException("nobody waits for the scores any more"));
            }
            return CompletableFuture.completedFuture(work).thenCompose(start -> {
                CompletableFuture<T> future = start.get();
                cancelWith(answer, future);
                return future;
            });
        }

        @Override
        <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            return work;
        }

        @Override
        boolean abandoned() {
            return answer.isDone();
        }
    }
}
