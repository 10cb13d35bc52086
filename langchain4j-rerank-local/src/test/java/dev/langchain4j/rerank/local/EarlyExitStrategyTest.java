package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EarlyExitStrategyTest {

    private static final String QUERY = "the machin learns";

    /** Those that share words with the query are 1, 3 and, with the rarest, 4. */
    private static final List<String> TEXTS =
            List.of("up well", "the question", "of word", "the passag", "machin", "to to");

    private static final ScoreDetail EXITED = ScoreDetail.ofRetrieval();

    private final FakeBackend backend = FakeBackend.onePairARun();

    @Test
    void only_the_texts_most_like_the_query_are_read_and_the_others_keep_their_order_behind() {
        try (CrossEncoderScoringModel model = exiting(3).build(files(), () -> backend)) {
            backend.runs.clear();

            Response<List<Double>> response = model.scoreAll(segments(TEXTS), QUERY);

            assertThat(backend.runs).hasSize(3);
            assertThat(ScoreDetails.of(response))
                    .containsExactly(
                            EXITED,
                            ScoreDetail.ofScored(),
                            EXITED,
                            ScoreDetail.ofScored(),
                            ScoreDetail.ofScored(),
                            EXITED);
            List<Double> scores = response.content();
            double lowest = Math.min(scores.get(1), Math.min(scores.get(3), scores.get(4)));
            assertThat(List.of(scores.get(0), scores.get(2), scores.get(5)))
                    .containsExactly(lowest - 1, lowest - 2, lowest - 3);
        }
    }

    @Test
    void those_that_are_read_have_the_scores_they_have_without_it() {
        try (CrossEncoderScoringModel whole = TestModels.builder("bert-int8").build();
                CrossEncoderScoringModel model =
                        TestModels.builder("bert-int8").earlyExit(2).build()) {
            List<Double> all = whole.scoreAll(segments(TEXTS), QUERY).content();

            Response<List<Double>> response = model.scoreAll(segments(TEXTS), QUERY);

            List<ScoreDetail> details = ScoreDetails.of(response);
            List<Integer> read = IntStream.range(0, TEXTS.size())
                    .filter(index -> details.get(index).scored())
                    .boxed()
                    .toList();
            assertThat(read).hasSize(2).contains(4);
            read.forEach(index -> assertThat(response.content().get(index)).isEqualTo(all.get(index)));
        }
    }

    @Test
    void all_are_read_where_there_are_no_more_than_may_stay() {
        try (CrossEncoderScoringModel model = exiting(6).build(files(), () -> backend)) {
            assertThat(ScoreDetails.of(model.scoreAll(segments(TEXTS), QUERY))).containsOnly(ScoreDetail.ofScored());
        }
    }

    @Test
    void probabilities_stay_probabilities() {
        backend.answering(pair -> new float[] {-pair.length()});
        try (CrossEncoderScoringModel model =
                exiting(2).activation(Activation.SIGMOID).build(files(), () -> backend)) {
            Response<List<Double>> response = model.scoreAll(segments(TEXTS), QUERY);

            List<ScoreDetail> details = ScoreDetails.of(response);
            double lowest = IntStream.range(0, TEXTS.size())
                    .filter(index -> details.get(index).scored())
                    .mapToDouble(response.content()::get)
                    .min()
                    .orElseThrow();
            List<Double> exited = IntStream.range(0, TEXTS.size())
                    .filter(index -> !details.get(index).scored())
                    .mapToObj(response.content()::get)
                    .toList();
            assertThat(exited)
                    .isSortedAccordingTo(Collections.reverseOrder())
                    .doesNotHaveDuplicates()
                    .allMatch(score -> score > 0 && score < lowest);
        }
    }

    @Test
    void scores_come_as_they_are_computed_and_those_that_exited_last() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        ScoreSink sink = new ScoreSink() {

            @Override
            public void accept(int index, double score) {
                throw new AssertionError("without a detail");
            }

            @Override
            public void accept(int index, double score, ScoreDetail detail) {
                told.add("%d %s".formatted(index, detail.stage()));
            }
        };
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert").earlyExit(3).workers(1).build()) {
            model.scoreEach(TEXTS, QUERY, sink).get();
        }

        assertThat(told)
                .containsExactly("1 scored", "3 scored", "4 scored", "0 retrieval", "2 retrieval", "5 retrieval");
    }

    @Test
    void counts_only_the_tokens_that_were_read_and_tells_where_the_time_went() {
        try (CrossEncoderScoringModel model = exiting(1).build(files(), () -> backend)) {
            Response<List<Double>> response = model.scoreAll(segments(TEXTS), QUERY);

            // [CLS] the machin learns [SEP] machin [SEP]
            assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(7);
            ScoringTimes times = ScoringTimes.of(response);
            assertThat(times).isNotNull();
            assertThat(times.tokenizing()).isPositive();
        }
    }

    @Test
    void many_texts_go_through_many_workers() {
        List<String> texts = IntStream.range(0, 500)
                .mapToObj(i -> i % 50 == 7 ? "machin learns " + i : "word " + i)
                .toList();
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert").earlyExit(10).workers(4).build()) {
            List<ScoreDetail> details = ScoreDetails.of(model.scoreAll(segments(texts), QUERY));

            assertThat(IntStream.range(0, 500)
                            .filter(index -> details.get(index).scored())
                            .boxed())
                    .containsExactly(7, 57, 107, 157, 207, 257, 307, 357, 407, 457);
        }
    }

    @Test
    void a_call_that_has_begun_ends_well_though_the_model_is_closed() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CrossEncoderScoringModel model = exiting(2).maxWaitingCalls(1).build(files(), () -> backend);
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        backend.answering(pair -> {
            Latches.await(closing);
            return new float[] {1};
        });
        CompletableFuture<Void> call = model.scoreEach(TEXTS, QUERY, (index, score) -> told.add(index));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(model::close);
        closing.countDown();

        call.get();
        closed.get();

        assertThat(told).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void the_model_is_listwise_with_it_and_pointwise_without() {
        try (CrossEncoderScoringModel with = exiting(2).build(files(), () -> backend);
                CrossEncoderScoringModel without = TestModels.builder("bert").build(files(), () -> backend)) {
            assertThat(with.listwise()).isTrue();
            assertThat(without.listwise()).isFalse();
        }
    }

    @Test
    void at_least_one_text_must_stay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exiting(0))
                .withMessage("earlyExit must be at least 1, got 0");
    }

    @Test
    void a_model_without_onnx_file_is_refused_and_the_engine_freed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestModels.builder("bert-bf16").earlyExit(2).build())
                .withMessageStartingWith("earlyExit reads the token vectors of an ONNX model, and there is no file");
    }

    private static CrossEncoderScoringModel.Builder exiting(int keep) {
        return TestModels.builder("bert").earlyExit(keep);
    }

    private static ModelFiles files() {
        return ModelFiles.in(TestModels.directory("bert"));
    }

    private static List<TextSegment> segments(List<String> texts) {
        return texts.stream().map(TextSegment::from).collect(Collectors.toList());
    }
}
