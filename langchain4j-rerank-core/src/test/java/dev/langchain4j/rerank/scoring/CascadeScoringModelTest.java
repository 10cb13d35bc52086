package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.numbered;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CascadeScoringModelTest {

    private final FakeScoringModel cheap = scoring(Map.of("a", 4.0, "b", 1.0, "c", 3.0, "d", 2.0));
    private final FakeScoringModel costly = scoring(Map.of("a", -8.0, "b", 9.0, "c", -7.0, "d", 5.0));

    @Test
    void the_costly_model_scores_the_best_of_the_cheap_one_and_they_come_first() {
        CascadeScoringModel cascade =
                CascadeScoringModel.builder(cheap, costly).keep(2).build();

        Response<List<Double>> response = cascade.scoreAll(segments("a", "b", "c", "d"), "query");

        // costly orders c before a; behind them the cheap order, d before b, whatever the costly model thinks of b
        assertThat(response.content()).containsExactly(2.0, 0.0, 3.0, 1.0);
        assertThat(ScoreDetails.of(response))
                .extracting(ScoreDetail::stage)
                .containsExactly("second", "first", "second", "first");
        assertThat(costly.calls()).containsExactly(new FakeScoringModel.Call(List.of("a", "c"), "query"));
    }

    @Test
    void only_the_costly_model_is_asked_about_as_many_texts_as_it_keeps() {
        CascadeScoringModel cascade =
                CascadeScoringModel.builder(cheap, costly).keep(4).build();

        assertThat(cascade.scoreAll(segments("a", "b", "c", "d"), "query").content())
                .containsExactly(0.0, 3.0, 1.0, 2.0);
        assertThat(cheap.calls()).isEmpty();
    }

    @Test
    void scores_of_the_two_stages_never_interleave() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(30);
            int keep = 1 + random.nextInt(10);
            Map<String, Double> wild = new HashMap<>();
            numbered(count)
                    .forEach(text -> wild.put(text, Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000)));
            CascadeScoringModel cascade = CascadeScoringModel.builder(new FakeScoringModel(), scoring(wild))
                    .keep(keep)
                    .build();

            Response<List<Double>> response = cascade.scoreAll(segments(numbered(count)), "query");

            List<ScoreDetail> details = ScoreDetails.of(response);
            List<String> stagesBestFirst = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparing(response.content()::get, Comparator.reverseOrder()))
                    .map(text -> details.get(text).stage())
                    .toList();
            assertThat(stagesBestFirst.subList(0, Math.min(keep, count)))
                    .as("seed %d", seed)
                    .containsOnly("second");
            assertThat(stagesBestFirst.subList(Math.min(keep, count), count))
                    .as("seed %d", seed)
                    .doesNotContain("second");
            assertThat(response.content()).as("seed %d, no two tie", seed).doesNotHaveDuplicates();
        }
    }

    @Test
    void texts_that_a_model_scores_equally_stay_equal_and_the_first_of_them_go_on() {
        FakeScoringModel indifferent = new FakeScoringModel((text, query) -> 1);
        CascadeScoringModel cascade =
                CascadeScoringModel.builder(indifferent, indifferent).keep(2).build();

        assertThat(cascade.scoreAll(segments("a", "b", "c", "d", "e"), "query").content())
                .containsExactly(4.0, 4.0, 2.0, 2.0, 2.0);
        assertThat(indifferent.calls().get(1).texts()).containsExactly("a", "b");
    }

    @Test
    void a_cascade_in_a_cascade_makes_three_stages() {
        CascadeScoringModel inner =
                CascadeScoringModel.builder(costly, cheap).keep(1).build();
        CascadeScoringModel outer =
                CascadeScoringModel.builder(cheap, inner).keep(3).build();

        Response<List<Double>> response = outer.scoreAll(segments("a", "b", "c", "d"), "query");

        assertThat(response.content()).containsExactly(1.0, 0.0, 2.0, 3.0);
        assertThat(ScoreDetails.of(response))
                .extracting(ScoreDetail::stage)
                .containsExactly("second/first", "first", "second/first", "second/second");
    }

    @Test
    void a_budget_gives_the_costly_model_what_it_is_expected_to_score_in_the_time_that_is_left() {
        Clock clock = new Clock();
        FakeScoringModel slow = clock.taking(Duration.ofMillis(10));
        CascadeScoringModel cascade = CascadeScoringModel.builder(clock.taking(Duration.ofMillis(1)), slow)
                .keep(20)
                .latencyBudget(Duration.ofMillis(100))
                .nanoClock(clock)
                .build();

        cascade.scoreAll(segments(numbered(40)), "query"); // knows nothing yet
        cascade.scoreAll(segments(numbered(40)), "query"); // 100 ms - 40 * 1 ms for texts of 10 ms each
        cascade.scoreAll(segments(numbered(10)), "query"); // as many as there is time for, without the cheap one

        assertThat(slow.calls()).extracting(call -> call.texts().size()).containsExactly(20, 6, 10);
    }

    @Test
    void a_budget_follows_what_a_text_takes_and_leaves_one_whatever_happens() {
        Clock clock = new Clock();
        FakeScoringModel slow = clock.taking(Duration.ofMillis(10));
        CascadeScoringModel cascade = CascadeScoringModel.builder(cheapFor(40), slow)
                .latencyBudget(Duration.ofMillis(100))
                .nanoClock(clock)
                .build();
        cascade.scoreAll(segments(numbered(40)), "query");

        clock.factor = 100;
        cascade.scoreAll(segments(numbered(40)), "query"); // still expects 10 ms
        cascade.scoreAll(segments(numbered(40)), "query"); // a second a text: 0.3 * 1000 + 0.7 * 10
        clock.factor = 1;
        for (int call = 0; call < 20; call++) {
            cascade.scoreAll(segments(numbered(40)), "query");
        }

        assertThat(slow.calls())
                .extracting(call -> call.texts().size())
                .startsWith(20, 10, 1)
                .endsWith(9);
    }

    private static FakeScoringModel cheapFor(int texts) {
        List<String> order = numbered(texts);
        return new FakeScoringModel((text, query) -> -(double) order.indexOf(text));
    }

    /** Goes on when a model scores. */
    private static final class Clock implements LongSupplier {

        private long nanos;
        private long factor = 1;

        private FakeScoringModel taking(Duration perText) {
            return new FakeScoringModel((text, query) -> {
                nanos += factor * perText.toNanos();
                return (double) text.length();
            });
        }

        @Override
        public long getAsLong() {
            return nanos;
        }
    }

    @Test
    void counts_the_tokens_of_both_stages() {
        CascadeScoringModel cascade =
                CascadeScoringModel.builder(cheap, costly).keep(3).build();

        assertThat(cascade.scoreAll(segments("a", "b", "c", "d"), "query").tokenUsage())
                .isEqualTo(new TokenUsage(4 + 3));
    }

    @Test
    void says_that_its_scores_are_an_order_that_depends_on_all_texts() {
        CascadeScoringModel cascade = CascadeScoringModel.builder(cheap, costly).build();

        assertThat(cascade.scoreScale()).isEqualTo(ScoreScale.RELATIVE);
        assertThat(cascade.listwise()).isTrue();
    }

    @Test
    void refuses_bad_options() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CascadeScoringModel.builder(null, costly))
                .withMessage("cheap is null: pass a scoring model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CascadeScoringModel.builder(cheap, null))
                .withMessage("costly is null: pass a scoring model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CascadeScoringModel.builder(cheap, costly).keep(0))
                .withMessage("keep must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CascadeScoringModel.builder(cheap, costly).latencyBudget(Duration.ZERO))
                .withMessage("latencyBudget must be above zero, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CascadeScoringModel.builder(cheap, costly).latencyBudget(null))
                .withMessage("latencyBudget is null: pass a duration above zero");
    }

    private static FakeScoringModel scoring(Map<String, Double> scores) {
        return new FakeScoringModel((text, query) -> scores.get(text));
    }
}
