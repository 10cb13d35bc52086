package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.numbered;
import static dev.langchain4j.rerank.scoring.Texts.request;
import static dev.langchain4j.rerank.scoring.Texts.scores;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachingScoringModelTest {

    private final FakeScoringModel inner = new FakeScoringModel();
    private final CachingScoringModel cache = CachingScoringModel.builder(inner).build();

    @Test
    void scores_a_known_pair_without_a_call() {
        cache.scoreAll(segments("a", "b"), "query");

        Response<List<Double>> response = cache.scoreAll(segments("b", "a"), "query");

        assertThat(response.content()).containsExactly(scores("query", "b", "a"));
        assertThat(inner.calls()).hasSize(1);
    }

    @Test
    void asks_once_about_all_that_is_missing() {
        cache.scoreAll(segments("b"), "query");

        Response<List<Double>> response = cache.scoreAll(segments("a", "b", "c", "a"), "query");

        assertThat(response.content()).containsExactly(scores("query", "a", "b", "c", "a"));
        assertThat(inner.calls().get(1)).isEqualTo(new FakeScoringModel.Call(List.of("a", "c"), "query"));
        assertThat(inner.calls()).hasSize(2);
    }

    @Test
    void counts_tokens_of_what_it_had_scored_only() {
        cache.scoreAll(segments("a", "b"), "query");

        assertThat(cache.scoreAll(segments("a", "b", "c"), "query").tokenUsage())
                .isEqualTo(new TokenUsage(1));
        assertThat(cache.scoreAll(segments("a", "b", "c"), "query").tokenUsage())
                .isNull();
    }

    @Test
    void tells_queries_apart() {
        cache.scoreAll(segments("a"), "query");

        assertThat(cache.scoreAll(segments("a"), "another").content()).containsExactly(scores("another", "a"));
    }

    @Test
    void tells_the_parts_of_a_pair_apart() {
        cache.scoreAll(segments("bc"), "a");

        assertThat(cache.scoreAll(segments("c"), "ab").content()).containsExactly(scores("ab", "c"));
    }

    @Test
    void tells_models_of_a_request_apart() {
        ScoringRequest large = ScoringRequest.builder()
                .query("query")
                .documents(List.of("a"))
                .parameters(
                        ScoringRequestParameters.builder().modelName("large").build())
                .build();
        cache.scoreAsync(request("query", "a")).join();

        cache.scoreAsync(large).join();
        cache.scoreAsync(large).join();

        assertThat(inner.calls()).hasSize(2);
    }

    @Test
    void sync_and_async_calls_share_what_is_known() {
        cache.scoreAll(segments("a"), "query");

        assertThat(cache.scoreAsync(request("query", "a")).join().scores()).containsExactly(scores("query", "a"));
        assertThat(inner.calls()).hasSize(1);
    }

    @Test
    void sixty_four_threads_that_ask_for_the_same_pairs_cost_one_scoring_of_each() throws Exception {
        List<String> texts = numbered(20);

        List<List<Double>> answers =
                onThreads(64, () -> cache.scoreAll(segments(texts), "query").content());

        assertThat(answers).hasSize(64).containsOnly(List.of(scores("query", texts.toArray(String[]::new))));
        assertThat(inner.pairs()).isEqualTo(20);
    }

    @Test
    void sixty_four_threads_that_come_while_the_pairs_are_scored_wait_for_them() throws Exception {
        List<String> texts = numbered(20);
        String[] documents = texts.toArray(String[]::new);
        inner.hold();
        List<CompletableFuture<ScoringResponse>> futures =
                onThreads(64, () -> cache.scoreAsync(request("query", documents)));
        assertThat(futures).noneMatch(CompletableFuture::isDone);

        inner.release();

        assertThat(futures)
                .allSatisfy(future ->
                        assertThat(future.get(30, SECONDS).scores()).containsExactly(scores("query", documents)));
        assertThat(inner.pairs()).isEqualTo(20);
        assertThat(cache.statistics()).isEqualTo(new CachingScoringModel.Statistics(0, 63 * 20, 20, 0, 20));
    }

    @Test
    void a_failure_reaches_all_who_waited_and_is_not_remembered() {
        RateLimitException failure = new RateLimitException("slow down");
        inner.hold();
        CompletableFuture<ScoringResponse> first = cache.scoreAsync(request("query", "a"));
        CompletableFuture<ScoringResponse> second = cache.scoreAsync(request("query", "a"));
        inner.fail(failure);
        inner.release();

        assertThatThrownBy(first::get).hasCause(failure);
        assertThatThrownBy(second::get).hasCause(failure);
        assertThat(inner.calls()).hasSize(1);

        inner.recover();
        assertThat(cache.scoreAll(segments("a"), "query").content()).containsExactly(scores("query", "a"));
    }

    @Test
    void a_sync_failure_is_not_remembered() {
        RateLimitException failure = new RateLimitException("slow down");
        inner.fail(failure);
        assertThatThrownBy(() -> cache.scoreAll(segments("a"), "query")).isSameAs(failure);

        inner.recover();

        assertThat(cache.scoreAll(segments("a"), "query").content()).containsExactly(scores("query", "a"));
    }

    @Test
    void a_call_that_waited_for_a_cancelled_one_scores_the_pair_itself() throws Exception {
        inner.hold();
        CompletableFuture<ScoringResponse> cancelled = cache.scoreAsync(request("query", "a", "b"));
        CompletableFuture<ScoringResponse> waiting = cache.scoreAsync(request("query", "c", "b", "a"));

        cancelled.cancel(true);
        inner.release();

        inner.stopped().get(30, SECONDS);
        assertThat(waiting.get(30, SECONDS).scores()).containsExactly(scores("query", "c", "b", "a"));
        assertThat(inner.calls())
                .extracting(FakeScoringModel.Call::texts)
                .containsExactly(List.of("a", "b"), List.of("c"), List.of("b", "a"));
    }

    @Test
    void a_call_that_waited_for_an_interrupted_one_scores_the_pair_itself() throws Exception {
        inner.hold();
        FutureTask<?> interrupted = new FutureTask<>(() -> cache.scoreAll(segments("a"), "query"));
        Thread thread = new Thread(interrupted);
        thread.start();
        inner.reached().get(30, SECONDS);
        CompletableFuture<ScoringResponse> waiting = cache.scoreAsync(request("query", "a"));

        thread.interrupt();
        inner.stopped().get(30, SECONDS);
        assertThatThrownBy(() -> interrupted.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancellationException.class);
        inner.release();

        assertThat(waiting.get(30, SECONDS).scores()).containsExactly(scores("query", "a"));
    }

    @Test
    void an_interrupted_thread_stops_waiting_for_another_call_and_stays_interrupted() throws Exception {
        inner.hold();
        CompletableFuture<ScoringResponse> other = cache.scoreAsync(request("query", "a"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> cache.scoreAll(segments("a"), "query"))
                .isInstanceOf(CancellationException.class)
                .hasMessage("interrupted while another call scored the same texts");

        assertThat(Thread.interrupted()).isTrue();
        inner.release();
        assertThat(other.get(30, SECONDS).scores()).containsExactly(scores("query", "a"));
    }

    @Test
    void any_mix_of_sync_async_and_cancelled_calls_ends_with_the_right_scores() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            CachingScoringModel shared =
                    CachingScoringModel.builder(scoringOn(pool)).maxEntries(16).build();
            long seed = System.nanoTime();

            onThreads(8, () -> {
                Random random = new Random(seed + Thread.currentThread().getId());
                for (int call = 0; call < 200; call++) {
                    String[] texts = IntStream.range(0, 1 + random.nextInt(8))
                            .mapToObj(i -> "text " + random.nextInt(24))
                            .toArray(String[]::new);
                    CompletableFuture<ScoringResponse> future = shared.scoreAsync(request("query", texts));
                    if (random.nextInt(4) == 0) {
                        future.cancel(true);
                    } else {
                        assertThat(future.get(30, SECONDS).scores())
                                .as("seed %d", seed)
                                .containsExactly(scores("query", texts));
                    }
                    assertThat(shared.scoreAll(segments(texts), "query").content())
                            .as("seed %d", seed)
                            .containsExactly(scores("query", texts));
                }
                return null;
            });
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void eviction_never_gives_the_score_of_another_pair() {
        CachingScoringModel small =
                CachingScoringModel.builder(inner).maxEntries(8).build();
        long seed = System.nanoTime();
        Random random = new Random(seed);

        for (int call = 0; call < 500; call++) {
            String query = "query " + random.nextInt(3);
            String[] texts = IntStream.range(0, 1 + random.nextInt(10))
                    .mapToObj(i -> "text " + random.nextInt(12))
                    .toArray(String[]::new);

            assertThat(small.scoreAll(segments(texts), query).content())
                    .as("seed %d", seed)
                    .containsExactly(scores(query, texts));
        }

        CachingScoringModel.Statistics statistics = small.statistics();
        assertThat(statistics.entries()).isLessThanOrEqualTo(8);
        assertThat(statistics.evictions()).isEqualTo(statistics.misses() - statistics.entries());
        assertThat(statistics.hits()).isPositive();
    }

    @Test
    void is_bounded_by_characters_if_so_built() {
        CachingScoringModel small =
                CachingScoringModel.builder(inner).maxCharacters(10).build();

        small.scoreAll(segments("1234", "a text of more characters than that"), "q"); // 5 and 36 characters
        small.scoreAll(segments("1234"), "q");
        assertThat(small.statistics()).isEqualTo(new CachingScoringModel.Statistics(1, 0, 2, 1, 1));

        small.scoreAll(segments("5678", "9"), "q"); // 5 and 2 more
        assertThat(small.statistics().entries()).isEqualTo(2);
    }

    @Test
    void forgets_scores_that_are_too_old() {
        AtomicLong nanos = new AtomicLong();
        CachingScoringModel aging = CachingScoringModel.builder(inner)
                .expireAfterWrite(Duration.ofMinutes(10))
                .nanoClock(nanos::get)
                .build();
        aging.scoreAll(segments("a"), "query");

        nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        aging.scoreAll(segments("a"), "query");
        assertThat(inner.calls()).hasSize(1);

        nanos.addAndGet(1);
        aging.scoreAll(segments("a"), "query");
        assertThat(inner.calls()).hasSize(2);
    }

    @Test
    void remembers_what_the_model_said_beyond_the_score() {
        ScoreDetail detail = new ScoreDetail(true, "stage", new TextWindow(3, 9), true);
        CachingScoringModel detailed = CachingScoringModel.builder((segments, query) -> Response.from(
                        List.of(0.5),
                        null,
                        null,
                        RerankMetadata.builder()
                                .scoreDetails(List.of(detail))
                                .build()
                                .toMap()))
                .build();
        detailed.scoreAll(segments("a long text"), "query");

        assertThat(ScoreDetails.of(detailed.scoreAll(segments("a long text"), "query")))
                .containsExactly(detail);
        assertThat(ScoreDetails.of(detailed.scoreAll(segments("a long text", "a long text"), "query")))
                .containsExactly(detail, detail);
    }

    @Test
    void is_not_progressive_if_the_model_is_not() {
        List<Integer> reported = new ArrayList<>();
        cache.scoreAll(segments("known"), "query");

        CompletableFuture<Void> future =
                cache.scoreEach(List.of("a", "known", "b"), "query", (index, score) -> reported.add(index));

        assertThat(cache.progressive()).isFalse();
        assertThat(future).isCompleted();
        assertThat(reported).containsExactly(1, 0, 2);
        assertThat(inner.calls()).hasSize(2);
    }

    @Test
    void is_progressive_if_the_model_is() {
        assertThat(CachingScoringModel.builder(new ProgressiveFake()).build().progressive())
                .isTrue();
        assertThat(CachingScoringModel.builder(cache).build().progressive()).isFalse();
    }

    @Test
    void tells_known_scores_at_once_and_the_others_as_they_come() {
        ProgressiveFake progressive = new ProgressiveFake();
        CachingScoringModel caching = CachingScoringModel.builder(progressive).build();
        caching.scoreAll(segments("known"), "query");
        Map<Integer, Double> told = new TreeMap<>();

        CompletableFuture<Void> future = caching.scoreEach(List.of("a", "known", "b", "a"), "query", told::put);

        assertThat(told).containsExactly(entry(1, scores("query", "known")[0]));
        ProgressiveFake.Call call = progressive.calls().get(0);
        assertThat(call.texts()).containsExactly("a", "b");
        call.tell(0);
        assertThat(told).containsOnlyKeys(0, 1, 3);
        call.tell(1);
        call.done().complete(null);
        assertThat(future).isCompleted();
        assertThat(told.values()).containsExactly(scores("query", "a", "known", "b", "a"));
    }

    @Test
    void tells_and_remembers_the_details_of_scores_that_come_one_by_one() {
        ProgressiveFake progressive = new ProgressiveFake();
        CachingScoringModel caching = CachingScoringModel.builder(progressive).build();
        ScoreDetail detail = new ScoreDetail(true, "stage", new TextWindow(3, 9), true);
        List<ScoreDetail> told = new ArrayList<>();
        CompletableFuture<Void> unused = caching.scoreEach(List.of("a"), "query", detailsTo(told));

        progressive.calls().get(0).sink().accept(0, 0.5, detail);

        assertThat(told).containsExactly(detail);
        assertThat(ScoreDetails.of(caching.scoreAll(segments("a"), "query"))).containsExactly(detail);
    }

    @Test
    void remembers_scores_that_were_told_before_a_cancellation() {
        ProgressiveFake progressive = new ProgressiveFake();
        CachingScoringModel caching = CachingScoringModel.builder(progressive).build();
        List<Integer> told = new ArrayList<>();
        CompletableFuture<Void> future =
                caching.scoreEach(List.of("a", "b"), "query", (index, score) -> told.add(index));
        progressive.calls().get(0).tell(0);

        future.cancel(true);

        assertThat(progressive.calls().get(0).done()).isCancelled();
        progressive.calls().get(0).tell(1);
        assertThat(told).containsExactly(0);
        assertThat(caching.scoreAll(segments("a"), "query").content()).containsExactly(scores("query", "a"));
        assertThat(caching.statistics().hits()).isEqualTo(1);
    }

    @Test
    void fails_if_the_model_ends_without_telling_every_score() {
        ProgressiveFake progressive = new ProgressiveFake();
        CachingScoringModel caching = CachingScoringModel.builder(progressive).build();
        CompletableFuture<Void> future = caching.scoreEach(List.of("a", "b"), "query", (index, score) -> {});
        progressive.calls().get(0).tell(0);

        progressive.calls().get(0).done().complete(null);

        assertThatThrownBy(future::get)
                .cause()
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage("ProgressiveFake reported 1 scores for 2 texts and completed");
    }

    @Test
    void a_model_that_throws_instead_of_failing_its_future_leaves_nobody_waiting() {
        ProgressiveFake progressive = new ProgressiveFake();
        CachingScoringModel caching = CachingScoringModel.builder(progressive).build();
        IllegalStateException closed = new IllegalStateException("closed");
        progressive.refuse(closed);

        CompletableFuture<Void> future = caching.scoreEach(List.of("a"), "query", (index, score) -> {});

        assertThatThrownBy(future::get).hasCause(closed);
        assertThat(caching.scoreAll(segments("a"), "query").content()).containsExactly(scores("query", "a"));
    }

    @Test
    void has_the_scale_of_the_model() {
        assertThat(cache.scoreScale()).isEqualTo(ScoreScale.RELATIVE);
        assertThat(CachingScoringModel.builder(new ProgressiveFake()).build().scoreScale())
                .isEqualTo(ScoreScale.LOGIT);
    }

    @Test
    void refuses_a_listwise_model() {
        CachingScoringModel.Builder builder = CachingScoringModel.builder(
                CascadeScoringModel.builder(inner, inner).build());

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage(
                        "CascadeScoringModel is listwise: its scores depend on all texts of a call, so it cannot be"
                                + " cached; put the cache around the models inside it");
    }

    @Test
    void refuses_bad_options() {
        CachingScoringModel.Builder builder = CachingScoringModel.builder(inner);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachingScoringModel.builder(null))
                .withMessage("model is null: pass a scoring model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxEntries(0))
                .withMessage("maxEntries must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxCharacters(-1))
                .withMessage("maxCharacters must be at least 1, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.expireAfterWrite(Duration.ZERO))
                .withMessage("expireAfterWrite must be above zero, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.expireAfterWrite(null))
                .withMessage("expireAfterWrite is null: pass a duration above zero");
    }

    private static ScoringModel scoringOn(ExecutorService pool) {
        FakeScoringModel fake = new FakeScoringModel();
        return new ScoringModel() {
            @Override
            public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
                return fake.scoreAll(segments, query);
            }

            @Override
            public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
                return CompletableFuture.supplyAsync(
                        () -> fake.scoreAsync(request).join(), pool);
            }
        };
    }

    private static ScoreSink detailsTo(List<ScoreDetail> details) {
        return new ScoreSink() {
            @Override
            public void accept(int index, double score) {
                throw new AssertionError("told without detail");
            }

            @Override
            public void accept(int index, double score, ScoreDetail detail) {
                details.add(detail);
            }
        };
    }

    private static <T> List<T> onThreads(int threads, Callable<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.await(30, SECONDS);
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, SECONDS));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
