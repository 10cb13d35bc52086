package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Local models tell where the time of a call went. */
@Timeout(30)
class CallTimesTest {

    private static final String QUERY = "which machine thinks";
    private static final Duration HELD_UP = Duration.ofMillis(20);
    private static final List<String> TEXTS = List.of("a a", "a", "a a a");

    @Test
    void on_all_three_ways_of_asking_a_cross_encoder() throws Exception {
        try (CrossEncoderScoringModel model = TestModels.builder("bert").build()) {
            assertTold(model);
        }
    }

    @Test
    void on_all_three_ways_of_asking_a_late_interaction_model() throws Exception {
        try (ColbertScoringModel model = ColbertScoringModel.builder()
                .modelPath(TestModels.directory("colbert"))
                .build()) {
            assertTold(model);
        }
    }

    private static void assertTold(ProgressiveScoringModel model) throws Exception {
        long began = System.nanoTime();
        Response<List<Double>> response =
                model.scoreAll(TEXTS.stream().map(TextSegment::from).toList(), QUERY);
        ScoringResponse later = model.scoreAsync(
                        ScoringRequest.builder().query(QUERY).documents(TEXTS).build())
                .get();
        Listening sink = new Listening();
        model.scoreEach(TEXTS, QUERY, sink).get();
        Duration atMost = Duration.ofNanos(System.nanoTime() - began);

        assertThat(sink.scoresBefore).isEqualTo(TEXTS.size());
        ScoringTimes ofAll =
                ScoringTimes.sum(sink.times, ScoringTimes.sum(ScoringTimes.of(response), ScoringTimes.of(later)));
        assertThat(ofAll).isNotNull();
        assertThat(ofAll.total()).isPositive().isLessThanOrEqualTo(atMost);
        for (ScoringTimes times : List.of(ScoringTimes.of(response), ScoringTimes.of(later), sink.times)) {
            assertThat(times.tokenizing()).isPositive();
            assertThat(times.inference()).isPositive();
        }
    }

    @Test
    void not_of_a_call_without_texts() {
        try (CrossEncoderScoringModel model = TestModels.builder("bert").build()) {
            assertThat(ScoringTimes.of(model.scoreAll(List.of(), QUERY))).isNull();
        }
    }

    @Test
    void a_call_behind_another_has_waited_for_it() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FakeBackend backend = FakeBackend.onePairARun();
        try (CrossEncoderScoringModel model = TestModels.builder("bert")
                .workers(1)
                .build(ModelFiles.in(TestModels.directory("bert")), () -> backend)) {
            backend.answering(pair -> {
                running.countDown();
                Latches.await(release);
                return new float[] {1};
            });
            CompletableFuture<Void> first = model.scoreEach(List.of("a"), QUERY, (index, score) -> {});
            Latches.await(running);
            Listening second = new Listening();
            CompletableFuture<Void> waits = model.scoreEach(List.of("a"), QUERY, second);
            long submitted = System.nanoTime();
            while (System.nanoTime() - submitted < HELD_UP.toNanos()) {
                Thread.onSpinWait();
            }
            release.countDown();
            first.get();
            waits.get();

            assertThat(second.times).isNotNull();
            assertThat(second.times.waiting()).isGreaterThanOrEqualTo(HELD_UP);
        }
    }

    /** Notes the times, and how many scores came before. */
    private static final class Listening implements ScoreSink {

        private final List<Integer> indexes = new ArrayList<>();
        private int scoresBefore;
        private @Nullable ScoringTimes times;

        @Override
        public void accept(int index, double score) {
            indexes.add(index);
        }

        @Override
        public void times(ScoringTimes told) {
            assertThat(times).as("told once").isNull();
            times = told;
            scoresBefore = indexes.size();
        }
    }
}
