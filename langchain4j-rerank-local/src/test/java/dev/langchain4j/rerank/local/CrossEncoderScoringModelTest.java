package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour of a model, whatever the engine. The tokenizer is that of the tiny BERT: 96 tokens, 3 of them special. */
@Timeout(30)
class CrossEncoderScoringModelTest {

    private static final String QUERY = "which machine thinks";

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void answers_one_score_a_segment_in_the_order_given() {
        try (CrossEncoderScoringModel model = model(new FakeBackend(8, 64))) {
            List<TextSegment> segments = segments("a a a", "a", "a a a a a", "a a");

            List<Double> scores = model.scoreAll(segments, QUERY).content();

            double rest = scores.get(1) - 1;
            assertThat(scores).containsExactly(rest + 3, rest + 1, rest + 5, rest + 2);
        }
    }

    @Test
    void runs_nothing_for_no_segments() throws Exception {
        FakeBackend backend = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.runs.clear();

            assertThat(model.scoreAll(List.of(), QUERY).content()).isEmpty();
            assertThat(model.scoreAsync(request()).get().scores()).isEmpty();
            assertThat(model.scoreEach(List.of(), QUERY, (index, score) -> {})).isCompleted();
            assertThat(backend.runs).isEmpty();
        }
    }

    @Test
    void tells_which_pairs_were_cut_and_how_many_tokens_were_read() {
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            Response<List<Double>> response = model.scoreAll(segments("a", "a ".repeat(200)), QUERY);

            assertThat(ScoreDetails.of(response))
                    .containsExactly(ScoreDetail.ofScored(), new ScoreDetail(true, "scored", null, true));
            assertThat(response.content().get(1)).isEqualTo(96);
            assertThat(response.tokenUsage().inputTokenCount())
                    .isEqualTo(response.content().get(0).intValue() + 96);
        }
    }

    @Test
    void cuts_a_query_that_fills_the_window_and_tells_it() {
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            Response<List<Double>> response = model.scoreAll(segments("a"), "a ".repeat(200));

            assertThat(ScoreDetails.of(response))
                    .extracting(ScoreDetail::truncated)
                    .containsExactly(true);
            assertThat(response.content()).containsExactly(96.0 / 2 + 1 + 3);
        }
    }

    @Test
    void says_the_same_in_an_async_response() throws Exception {
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            Response<List<Double>> expected = model.scoreAll(segments("a", "a ".repeat(200)), QUERY);

            ScoringResponse response =
                    model.scoreAsync(request("a", "a ".repeat(200))).get();

            assertThat(response.scores()).isEqualTo(expected.content());
            assertThat(ScoreDetails.of(response)).isEqualTo(ScoreDetails.of(expected));
            assertThat(response.tokenUsage()).isEqualTo(expected.tokenUsage());
        }
    }

    @Test
    void tells_each_score_once_in_the_order_given() throws Exception {
        try (CrossEncoderScoringModel model = model(new FakeBackend(4, 64))) {
            List<String> texts = List.of("a a a", "a", "a a a a a", "a a", "a a a a");
            List<Integer> indexes = Collections.synchronizedList(new ArrayList<>());
            Double[] scores = new Double[texts.size()];

            model.scoreEach(texts, QUERY, (index, score) -> {
                        indexes.add(index);
                        scores[index] = score;
                    })
                    .get();

            assertThat(indexes).containsExactly(0, 1, 2, 3, 4);
            assertThat(Arrays.asList(scores))
                    .isEqualTo(model.scoreAll(segments(texts.toArray(String[]::new)), QUERY)
                            .content());
        }
    }

    @Test
    void scores_probabilities_with_a_sigmoid_and_logits_without() {
        FakeBackend backend = FakeBackend.onePairARun().answering(pair -> new float[] {-2});
        try (CrossEncoderScoringModel logits = model(backend);
                CrossEncoderScoringModel probabilities = TestModels.builder("bert")
                        .activation(Activation.SIGMOID)
                        .build(files(), () -> backend)) {
            assertThat(logits.scoreScale()).isEqualTo(ScoreScale.LOGIT);
            assertThat(logits.score("a", QUERY).content()).isEqualTo(-2);
            assertThat(probabilities.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
            assertThat(probabilities.score("a", QUERY).content()).isEqualTo(1 / (1 + Math.exp(2)));
        }
    }

    @Test
    void refuses_a_logit_that_is_not_finite_and_names_the_text() {
        FakeBackend backend = new FakeBackend(8, 256);
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.answering(pair -> new float[] {pair.length() > 20 ? Float.NaN : 1});

            assertThatThrownBy(() -> model.scoreAll(segments("a", "a", "a ".repeat(30)), QUERY))
                    .isInstanceOf(LocalModelException.class)
                    .hasMessage(
                            "%s answered [NaN] for text 2, which is not a finite score", TestModels.directory("bert"));
        }
    }

    @Test
    void refuses_a_model_of_more_than_two_classes_when_it_is_built() {
        FakeBackend backend = FakeBackend.onePairARun().answering(pair -> new float[5]);

        assertThatThrownBy(() -> model(backend))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s returned 5 numbers per pair; a cross-encoder has one logit, or two classes",
                        TestModels.directory("bert"));
        assertThat(backend.closed).isTrue();
    }

    @Test
    void refuses_blank_and_missing_texts() {
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            assertThatThrownBy(() -> model.scoreAll(segments("a"), " \n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("query is blank: pass the question that the texts are scored against");
            assertThatThrownBy(() -> model.scoreAll(segments("a"), null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("query is null: pass the question that the texts are scored against");
            assertThatThrownBy(() -> model.scoreAll(null, QUERY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("segments is null: pass a list, an empty one if there is nothing to score");
            assertThatThrownBy(() -> model.scoreAll(Arrays.asList(TextSegment.from("a"), null), QUERY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the segment at index 1 of 2 is null: leave it out");
            assertThat(model.scoreEach(List.of("a", " "), QUERY, (index, score) -> {}))
                    .failsWithin(1, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .withMessage("the text at index 1 of 2 is blank: leave it out");
        }
    }

    @Test
    void runs_fewer_pairs_at_a_time_where_the_engine_has_not_the_memory() {
        FakeBackend backend = new FakeBackend(8, 10_000);
        try (CrossEncoderScoringModel model = model(backend)) {
            List<TextSegment> segments = segments("a", "a a", "a a a", "a a a a", "a a a a a");
            List<Double> expected = model.scoreAll(segments, QUERY).content();
            backend.runs.clear();

            List<Double> scores = withMemoryFor(backend, 2, model, segments);

            assertThat(scores).isEqualTo(expected);
            assertThat(backend.runs).containsExactly(2, 1, 2);
        }
    }

    private static List<Double> withMemoryFor(
            FakeBackend backend, int pairs, CrossEncoderScoringModel model, List<TextSegment> segments) {
        backend.withMemoryFor(pairs);
        return model.scoreAll(segments, QUERY).content();
    }

    @Test
    void says_so_where_the_engine_has_not_the_memory_for_one_pair() {
        FakeBackend backend = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.withMemoryFor(0);

            assertThatThrownBy(() -> model.scoreAll(segments("a ".repeat(200)), QUERY))
                    .isInstanceOf(LocalModelException.class)
                    .hasMessage(
                            "%s ran out of memory on one text of 96 tokens: reduce maxLength or workers",
                            TestModels.directory("bert"));
        }
    }

    @Test
    void an_interrupted_caller_returns_at_once_with_its_flag_set() throws InterruptedException {
        FakeBackend backend = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.runs.clear();
            backend.answering(this::blocking);
            Throwable[] thrown = new Throwable[1];
            boolean[] flag = new boolean[1];
            Thread caller = new Thread(() -> {
                try {
                    model.scoreAll(segments("a", "a", "a", "a"), QUERY);
                } catch (CancellationException e) {
                    thrown[0] = e;
                    flag[0] = Thread.currentThread().isInterrupted();
                }
            });

            caller.start();
            Latches.await(running);
            caller.interrupt();
            caller.join();

            assertThat(thrown[0])
                    .hasMessage("interrupted while scoring 4 texts")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(flag[0]).isTrue();
            release.countDown();
        }
        assertThat(backend.runs).as("only the pair that ran already").hasSize(1);
    }

    @Test
    void a_cancelled_call_stops_and_tells_nothing_more() throws Exception {
        FakeBackend backend = FakeBackend.onePairARun();
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.runs.clear();
            backend.answering(this::blocking);

            CompletableFuture<Void> call = model.scoreEach(List.of("a", "a", "a"), QUERY, (i, score) -> told.add(i));
            Latches.await(running);
            assertThat(call.cancel(true)).isTrue();
            release.countDown();
        }
        assertThat(told).isEmpty();
        assertThat(backend.runs).hasSize(1);
    }

    @Test
    void a_call_that_times_out_stops() {
        FakeBackend backend = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.runs.clear();
            backend.answering(this::blocking);

            CompletableFuture<ScoringResponse> call =
                    model.scoreAsync(request("a", "a", "a")).orTimeout(1, TimeUnit.MILLISECONDS);

            assertThat(call)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TimeoutException.class);
            release.countDown();
        }
        assertThat(backend.runs).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_small_call_does_not_wait_for_a_large_one() throws Exception {
        FakeBackend backend = FakeBackend.onePairARun();
        List<Integer> large = Collections.synchronizedList(new ArrayList<>());
        try (CrossEncoderScoringModel model = model(backend)) {
            backend.answering(this::blocking);
            CompletableFuture<Void> waiting =
                    model.scoreEach(Collections.nCopies(100, "a"), QUERY, (index, score) -> large.add(index));
            Latches.await(running);
            CompletableFuture<Void> small = model.scoreEach(Collections.nCopies(3, "a"), QUERY, (index, score) -> {
                if (index == 2) {
                    assertThat(large).hasSizeLessThanOrEqualTo(4);
                }
            });
            release.countDown();

            small.get();
            waiting.get();
        }
        assertThat(large).hasSize(100);
    }

    @Test
    void refuses_a_call_when_too_many_wait() throws Exception {
        FakeBackend backend = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert").workers(1).maxWaitingCalls(1).build(files(), () -> backend)) {
            backend.answering(this::blocking);
            CompletableFuture<Void> runs = model.scoreEach(List.of("a"), QUERY, (index, score) -> {});
            Latches.await(running);
            CompletableFuture<Void> waits = model.scoreEach(List.of("a"), QUERY, (index, score) -> {});

            assertThatThrownBy(() -> model.scoreAll(segments("a"), QUERY))
                    .isInstanceOf(RejectedExecutionException.class);

            release.countDown();
            runs.get();
            waits.get();
            assertThat(model.scoreAll(segments("a"), QUERY).content()).hasSize(1);
        }
    }

    @Test
    void what_hangs_on_a_future_may_call_the_model_even_if_it_has_one_worker() throws Exception {
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            List<Double> scores = model.scoreAsync(request("a"))
                    .thenApply(first -> model.scoreAll(segments("a"), QUERY).content())
                    .get();

            assertThat(scores).hasSize(1);
        }
    }

    @Test
    void close_waits_for_running_calls_and_may_be_repeated() throws Exception {
        FakeBackend backend = FakeBackend.onePairARun();
        CrossEncoderScoringModel model = model(backend);
        backend.answering(this::blocking);
        CompletableFuture<ScoringResponse> call = model.scoreAsync(request("a", "a"));
        Latches.await(running);
        List<Thread> closing =
                Stream.generate(() -> new Thread(model::close)).limit(2).toList();

        closing.forEach(Thread::start);
        release.countDown();
        for (Thread thread : closing) {
            thread.join();
        }

        assertThat(backend.closed).isTrue();
        assertThat(call.get().scores()).hasSize(2);
    }

    @Test
    void refuses_everything_once_closed() {
        CrossEncoderScoringModel model = model(FakeBackend.onePairARun());
        model.close();
        String closed = "CrossEncoderScoringModel is closed: build a new model";

        assertThatThrownBy(() -> model.scoreAll(segments("a"), QUERY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(closed);
        assertThatThrownBy(() -> model.windows("a", 5, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(closed);
        for (CompletableFuture<?> future :
                List.of(model.scoreAsync(request("a")), model.scoreEach(List.of("a"), QUERY, (index, score) -> {}))) {
            assertThat(future)
                    .failsWithin(1, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining(closed);
        }
    }

    @Test
    void an_error_in_a_sink_fails_the_call_instead_of_leaving_it_waiting() {
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            CompletableFuture<Void> call = model.scoreEach(List.of("a", "a"), QUERY, (index, score) -> {
                throw new StackOverflowError("deep");
            });

            assertThat(call)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void has_one_engine_for_all_workers() {
        AtomicInteger loaded = new AtomicInteger();
        try (CrossEncoderScoringModel model = TestModels.builder("bert")
                .workers(4)
                .build(files(), () -> {
                    loaded.incrementAndGet();
                    return FakeBackend.onePairARun();
                })) {
            model.scoreAll(segments("a", "b", "c", "d", "e", "f", "g", "h"), QUERY);

            assertThat(loaded).hasValue(1);
        }
    }

    @Test
    void scores_and_builds_while_another_model_loads() {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (CrossEncoderScoringModel model = model(FakeBackend.onePairARun())) {
            CompletableFuture<CrossEncoderScoringModel> slow = CompletableFuture.supplyAsync(
                    () -> TestModels.builder("bert").build(files(), () -> {
                        loading.countDown();
                        Latches.await(done);
                        return FakeBackend.onePairARun();
                    }));
            Latches.await(loading);

            model(FakeBackend.onePairARun()).close();
            model.score("a", QUERY);

            assertThat(slow).isNotDone();
            done.countDown();
            slow.join().close();
        }
    }

    @Test
    void many_threads_get_the_same_scores() throws InterruptedException {
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert").workers(3).build()) {
            List<TextSegment> segments = IntStream.range(0, 30)
                    .mapToObj(i -> TextSegment.from("passage " + i))
                    .toList();
            List<Double> expected = model.scoreAll(segments, QUERY).content();
            List<List<Double>> answers = Collections.synchronizedList(new ArrayList<>());

            List<Thread> threads = Stream.generate(() -> new Thread(
                            () -> answers.add(model.scoreAll(segments, QUERY).content())))
                    .limit(8)
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(answers).hasSize(8).allMatch(expected::equals);
        }
    }

    private float[] blocking(TokenSequence pair) {
        running.countDown();
        Latches.await(release);
        return new float[] {pair.length()};
    }

    /** With one worker. */
    private static CrossEncoderScoringModel model(FakeBackend backend) {
        return TestModels.builder("bert").workers(1).build(files(), () -> backend);
    }

    private static ModelFiles files() {
        return ModelFiles.in(TestModels.directory("bert"));
    }

    private static ScoringRequest request(String... texts) {
        return ScoringRequest.builder().documents(List.of(texts)).query(QUERY).build();
    }

    private static List<TextSegment> segments(String... texts) {
        return Stream.of(texts).map(TextSegment::from).toList();
    }
}
