package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.keptTexts;
import static dev.langchain4j.rerank.TestContents.numberIn;
import static dev.langchain4j.rerank.TestContents.texts;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AsyncTest {

    private static final Map<Query, Collection<List<Content>>> FOUND = found(contents("a 1", "b 3", "c 2"));

    private final FakeTimer timer = new FakeTimer();

    @Test
    void asks_a_model_that_answers_async_on_the_callers_thread_and_blocks_none() throws Exception {
        CompletableFuture<ScoringResponse> answer = new CompletableFuture<>();
        AsyncFake model = new AsyncFake(request -> answer);

        CompletableFuture<List<Content>> contents =
                RerankingContentAggregator.builder(model).build().aggregateAsync(FOUND);

        assertThat(model.requests).hasSize(1);
        assertThat(model.requests.get(0).documents()).containsExactly("a 1", "b 3", "c 2");
        assertThat(contents).isNotDone();
        answer.complete(AsyncFake.byNumber(model.requests.get(0)));
        assertThat(texts(contents.get(10, SECONDS))).containsExactly("b 3", "c 2", "a 1");
    }

    @Test
    void runs_a_model_that_is_only_synchronous_on_the_executor() throws Exception {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        ScoringModel model = (segments, query) -> {
            threads.add(Thread.currentThread());
            return byNumber(segments);
        };

        List<Content> contents = RerankingContentAggregator.builder(model)
                .executor(task -> new Thread(task, "mine").start())
                .build()
                .aggregateAsync(FOUND)
                .get(10, SECONDS);

        assertThat(texts(contents)).containsExactly("b 3", "c 2", "a 1");
        assertThat(threads).extracting(Thread::getName).containsExactly("mine");
    }

    @Test
    void lets_a_progressive_model_tell_scores_as_they_come() throws Exception {
        ProgressiveFake model = new ProgressiveFake(CompletableFuture.completedFuture(null));

        Ranking ranking = RerankingContentAggregator.builder(model)
                .build()
                .rankAsync(FOUND)
                .get(10, SECONDS);

        assertThat(keptTexts(ranking)).containsExactly("b 3", "c 2", "a 1");
        assertThat(model.thread).isSameAs(Thread.currentThread());
    }

    @Test
    void completes_at_once_without_a_candidate() {
        AsyncFake model = new AsyncFake(request -> new CompletableFuture<>());
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(model).build();

        assertThat(aggregator.aggregateAsync(Map.of())).isCompletedWithValue(List.of());
        assertThat(aggregator.aggregateAsync(found(List.of()))).isCompletedWithValue(List.of());
        assertThat(model.requests).isEmpty();
    }

    @Test
    void fails_the_future_with_the_exception_of_the_model() {
        IllegalStateException exception = new IllegalStateException("broken");

        assertThat(failure(new AsyncFake(request -> CompletableFuture.failedFuture(exception))))
                .isSameAs(exception);
        assertThat(failure(new AsyncFake(request -> {
                    throw exception;
                })))
                .isSameAs(exception);
        assertThat(failure((segments, query) -> {
                    throw exception;
                }))
                .isSameAs(exception);
    }

    @Test
    void fails_the_future_if_the_answer_is_not_one_finite_score_a_content() {
        assertThat(failure(AsyncFake.answering(1.0)))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage("AsyncFake returned 1 scores for 3 segments; "
                        + "a scoring model returns one finite score per segment, in their order");
        assertThat(failure(AsyncFake.answering(1.0, null, 2.0)))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessageStartingWith("AsyncFake returned null for the segment at index 1 of 3");
        assertThat(failure(new AsyncFake(request -> CompletableFuture.completedFuture(null))))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessageStartingWith("AsyncFake returned null for 3 segments");
    }

    @Test
    void fails_the_future_if_what_came_in_is_null() {
        CompletableFuture<List<Content>> contents = RerankingContentAggregator.builder(AsyncFake.answering())
                .build()
                .aggregateAsync(found(Arrays.asList((Content) null)));

        assertThat(contents)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessage("retriever 0 of query 0 returned a null content at index 0 of 1");
    }

    @Test
    void keeps_the_retrieval_order_if_told_so() throws Exception {
        IllegalStateException exception = new IllegalStateException("broken");

        Ranking ranking = RerankingContentAggregator.builder(
                        new AsyncFake(request -> CompletableFuture.failedFuture(exception)))
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build()
                .rankAsync(FOUND)
                .get(10, SECONDS);

        assertThat(keptTexts(ranking)).containsExactly("a 1", "b 3", "c 2");
        assertThat(ranking.degradedBy()).isSameAs(exception);
    }

    @Test
    void passes_details_on() throws Exception {
        ScoreDetail detail = new ScoreDetail(true, "second stage", new TextWindow(0, 1), true);
        AsyncFake model = new AsyncFake(request -> CompletableFuture.completedFuture(ScoringResponse.builder()
                .scores(List.of(1.0))
                .metadata(RerankMetadata.builder()
                        .scoreDetails(List.of(detail))
                        .modelName("model")
                        .build())
                .build()));

        Ranking ranking = RerankingContentAggregator.builder(model)
                .build()
                .rankAsync(found(contents("a")))
                .get(10, SECONDS);

        assertThat(ranking.kept().get(0).detail()).isEqualTo(detail);
    }

    @Test
    void cancelling_cancels_the_call_of_an_async_model() {
        CompletableFuture<ScoringResponse> call = new CompletableFuture<>();
        CompletableFuture<List<Content>> contents = RerankingContentAggregator.builder(new AsyncFake(request -> call))
                .build()
                .aggregateAsync(FOUND);

        contents.cancel(true);

        assertThat(call).isCancelled();
    }

    @Test
    void cancelling_cancels_the_call_of_a_progressive_model() {
        CompletableFuture<Void> call = new CompletableFuture<>();
        CompletableFuture<Ranking> ranking = RerankingContentAggregator.builder(new ProgressiveFake(call))
                .build()
                .rankAsync(FOUND);

        ranking.cancel(true);

        assertThat(call).isCancelled();
    }

    @Test
    void cancelling_interrupts_a_model_that_is_only_synchronous() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        ScoringModel model = (segments, query) -> {
            called.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
                Thread.currentThread().interrupt();
            }
            throw new CancellationException("interrupted");
        };
        CompletableFuture<List<Content>> contents =
                RerankingContentAggregator.builder(model).build().aggregateAsync(FOUND);
        called.await();

        contents.cancel(true);

        assertThat(interrupted.get(10, SECONDS)).isTrue();
    }

    @Test
    void cancelling_makes_no_further_call() {
        List<CompletableFuture<ScoringResponse>> calls = Collections.synchronizedList(new ArrayList<>());
        AsyncFake model = new AsyncFake(request -> {
            CompletableFuture<ScoringResponse> call = new CompletableFuture<>();
            calls.add(call);
            return call;
        });
        CompletableFuture<List<Content>> contents = RerankingContentAggregator.builder(model)
                .timeout(Duration.ofMinutes(1))
                .timer(timer)
                .executor(Runnable::run)
                .build()
                .aggregateAsync(found(contents(50)));
        assertThat(calls).hasSize(1);

        contents.cancel(true);

        assertThat(calls).hasSize(1).allMatch(CompletableFuture::isCancelled);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void a_time_limit_that_the_caller_puts_on_the_future_stops_the_work_too() {
        CompletableFuture<ScoringResponse> call = new CompletableFuture<>();
        CompletableFuture<List<Content>> contents = RerankingContentAggregator.builder(new AsyncFake(request -> call))
                .build()
                .aggregateAsync(FOUND);

        contents.completeExceptionally(new java.util.concurrent.TimeoutException("the caller's"));

        assertThat(call).isCancelled();
    }

    @Test
    void keeps_what_was_scored_at_the_deadline() throws Exception {
        List<CompletableFuture<ScoringResponse>> calls = new ArrayList<>();
        AsyncFake model = new AsyncFake(request -> {
            CompletableFuture<ScoringResponse> call = new CompletableFuture<>();
            calls.add(call);
            if (calls.size() == 1) {
                call.complete(AsyncFake.byNumber(request));
            }
            return call;
        });
        CompletableFuture<Ranking> ranking = RerankingContentAggregator.builder(model)
                .timeout(Duration.ofMillis(800))
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .timer(timer)
                .executor(Runnable::run)
                .build()
                .rankAsync(found(contents(6)));

        timer.advance(Duration.ofMillis(800));

        assertThat(keptTexts(ranking.get(10, SECONDS)))
                .containsExactly("text 3", "text 2", "text 1", "text 0", "text 4");
        assertThat(ranking.get().degradedBy()).isExactlyInstanceOf(TimeoutException.class);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1)).isCancelled();
    }

    @Test
    void fails_the_future_at_the_deadline_by_default() {
        CompletableFuture<Ranking> ranking = RerankingContentAggregator.builder(
                        new AsyncFake(request -> new CompletableFuture<>()))
                .timeout(Duration.ofMillis(800))
                .timer(timer)
                .build()
                .rankAsync(FOUND);

        timer.advance(Duration.ofMillis(800));

        assertThat(ranking)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void reranks_in_an_augmentor_that_offloads_nothing() throws Exception {
        DefaultRetrievalAugmentor augmentor = DefaultRetrievalAugmentor.builder()
                .contentRetriever(new AsyncRetriever())
                .contentAggregator(RerankingContentAggregator.builder((segments, query) -> byNumber(segments))
                        .topK(2)
                        .build())
                .build();
        UserMessage message = UserMessage.from("query");

        AugmentationResult result = augmentor
                .augmentAsync(new AugmentationRequest(message, Metadata.from(message, "chat", List.of())))
                .get(10, SECONDS);

        assertThat(texts(result.contents())).containsExactly("b 3", "c 2");
    }

    private static Throwable failure(ScoringModel model) {
        CompletableFuture<List<Content>> contents =
                RerankingContentAggregator.builder(model).build().aggregateAsync(FOUND);
        return catchThrowable(() -> contents.get(10, SECONDS)).getCause();
    }

    private static Response<List<Double>> byNumber(List<TextSegment> segments) {
        return Response.from(
                segments.stream().map(segment -> numberIn(segment.text())).toList());
    }

    private static final class AsyncRetriever implements ContentRetriever {

        @Override
        public List<Content> retrieve(Query query) {
            throw new AssertionError("a sync call in an async chain");
        }

        @Override
        public CompletableFuture<List<Content>> retrieveAsync(Query query) {
            return CompletableFuture.completedFuture(contents("a 1", "b 3", "c 2"));
        }
    }

    private static final class AsyncFake implements ScoringModel {

        private final Function<ScoringRequest, CompletableFuture<ScoringResponse>> answers;
        private final List<ScoringRequest> requests = Collections.synchronizedList(new ArrayList<>());

        private AsyncFake(Function<ScoringRequest, CompletableFuture<ScoringResponse>> answers) {
            this.answers = answers;
        }

        static AsyncFake answering(Double... scores) {
            return new AsyncFake(request -> CompletableFuture.completedFuture(
                    ScoringResponse.builder().scores(Arrays.asList(scores)).build()));
        }

        static ScoringResponse byNumber(ScoringRequest request) {
            return ScoringResponse.builder()
                    .scores(request.documents().stream()
                            .map(TestContents::numberIn)
                            .toList())
                    .build();
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            throw new AssertionError("a sync call in an async chain");
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            requests.add(request);
            return answers.apply(request);
        }
    }

    /** Tells all scores at once and then does as the future says. */
    private static final class ProgressiveFake implements ProgressiveScoringModel {

        private final CompletableFuture<Void> call;
        private Thread thread;

        private ProgressiveFake(CompletableFuture<Void> call) {
            this.call = call;
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            throw new AssertionError("a sync call in an async chain");
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            thread = Thread.currentThread();
            for (int i = 0; i < texts.size(); i++) {
                sink.accept(i, numberIn(texts.get(i)));
            }
            return call;
        }
    }
}
