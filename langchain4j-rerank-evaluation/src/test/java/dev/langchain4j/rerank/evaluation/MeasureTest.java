package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {

    private static final List<Measure> ALL = List.of(
            Measure.ndcg(3), Measure.mrr(), Measure.map(), Measure.recall(3), Measure.precision(3), Measure.hit(3));

    @Test
    void ndcg_divides_by_the_gain_of_the_best_ranking() {
        // given
        Map<String, Integer> judgements = Map.of("a", 3, "b", 1, "c", 0);

        // when
        double ndcg = Measure.ndcg(3).of(List.of("c", "a", "b"), judgements);

        // then
        double dcg = 3 / log2(3) + 1 / log2(4);
        double ideal = 3 / log2(2) + 1 / log2(3);
        assertThat(ndcg).isCloseTo(dcg / ideal, within(1e-15));
    }

    @Test
    void mrr_looks_at_the_first_relevant_document_only() {
        assertThat(Measure.mrr().of(List.of("x", "y", "a", "b"), Map.of("a", 1, "b", 2)))
                .isEqualTo(1.0 / 3);
    }

    @Test
    void map_counts_relevant_documents_that_were_not_found() {
        assertThat(Measure.map().of(List.of("a", "x", "b"), Map.of("a", 1, "b", 1, "c", 1, "d", 1)))
                .isEqualTo((1.0 / 1 + 2.0 / 3) / 4);
    }

    @Test
    void recall_precision_and_hit_look_at_the_first_k() {
        // given
        List<String> ranking = List.of("x", "a", "b", "c");
        Map<String, Integer> judgements = Map.of("a", 1, "b", 2, "c", 1, "d", 1);

        // then
        assertThat(Measure.recall(2).of(ranking, judgements)).isEqualTo(1.0 / 4);
        assertThat(Measure.recall(10).of(ranking, judgements)).isEqualTo(3.0 / 4);
        assertThat(Measure.precision(2).of(ranking, judgements)).isEqualTo(1.0 / 2);
        assertThat(Measure.precision(10).of(ranking, judgements)).isEqualTo(3.0 / 10);
        assertThat(Measure.hit(1).of(ranking, judgements)).isZero();
        assertThat(Measure.hit(2).of(ranking, judgements)).isEqualTo(1);
    }

    @Test
    void every_measure_is_0_without_a_relevant_document_and_without_a_ranking() {
        assertThat(ALL).allSatisfy(measure -> {
            assertThat(measure.of(List.of("a"), Map.of("a", 0, "b", -1))).isZero();
            assertThat(measure.of(List.of("a"), Map.of())).isZero();
            assertThat(measure.of(List.of(), Map.of("a", 1))).isZero();
        });
    }

    @Test
    void every_measure_stays_from_0_to_1_and_does_not_fall_when_a_relevant_document_moves_up() {
        long seed = 17;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            // given
            List<String> ranking = new ArrayList<>(IntStream.range(0, 2 + random.nextInt(12))
                    .mapToObj(i -> "d" + i)
                    .toList());
            Map<String, Integer> judgements = new HashMap<>();
            ranking.forEach(document -> judgements.put(document, random.nextInt(4)));
            int upper = random.nextInt(ranking.size() - 1);
            boolean improves = judgements.get(ranking.get(upper)) < judgements.get(ranking.get(upper + 1));
            List<String> swapped = new ArrayList<>(ranking);
            Collections.swap(swapped, upper, upper + 1);

            for (Measure measure : ALL) {
                // when
                double before = measure.of(ranking, judgements);
                double after = measure.of(swapped, judgements);

                // then
                assertThat(before)
                        .as("%s, seed %d, round %d", measure, seed, round)
                        .isBetween(0.0, 1.0);
                if (improves) {
                    assertThat(after)
                            .as("%s, seed %d, round %d", measure, seed, round)
                            .isGreaterThanOrEqualTo(before);
                }
            }
        }
    }

    @Test
    void the_mean_counts_a_query_missing_in_the_run_and_leaves_out_one_that_nobody_judged() {
        // given
        Qrels qrels = Qrels.of(Map.of("found", Map.of("a", 1), "missing", Map.of("a", 1)));
        Run run = Run.of(Map.of("found", List.of("a"), "unjudged", List.of("a")));

        // when
        double mean = Measure.mrr().mean(run, qrels);

        // then
        assertThat(mean).isEqualTo((1.0 + 0.0) / 2);
        assertThat(Measure.mrr().perQuery(run, qrels)).isEqualTo(Map.of("found", 1.0, "missing", 0.0));
    }

    @Test
    void a_measure_of_ones_own_is_averaged_the_same_way() {
        // given
        Measure length = new Measure() {
            @Override
            public String name() {
                return "length";
            }

            @Override
            public double of(List<String> ranking, Map<String, Integer> judgements) {
                return ranking.size();
            }
        };

        // then
        Qrels qrels = Qrels.of(Map.of("1", Map.of("a", 1), "2", Map.of("a", 1)));
        assertThat(length.mean(Run.of(Map.of("1", List.of("a", "b", "c"))), qrels))
                .isEqualTo((3.0 + 0.0) / 2);
    }

    @Test
    void names_tell_the_cut_and_equal_parameters_make_equal_measures() {
        assertThat(ALL).map(Measure::name).containsExactly("nDCG@3", "MRR", "MAP", "recall@3", "P@3", "hit@3");
        assertThat(ALL)
                .map(Measure::toString)
                .isEqualTo(ALL.stream().map(Measure::name).toList());
        assertThat(Measure.ndcg(10)).isEqualTo(Measure.ndcg(10)).isNotEqualTo(Measure.ndcg(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refuses_a_cut_below_1(int k) {
        List<IntFunction<Measure>> factories =
                List.of(Measure::ndcg, Measure::recall, Measure::precision, Measure::hit);
        assertThat(factories)
                .allSatisfy(factory -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> factory.apply(k))
                        .withMessage("k must be at least 1, got " + k));
    }

    @Test
    void refuses_a_ranking_that_names_a_document_twice() {
        assertThat(ALL)
                .allSatisfy(measure -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> measure.of(List.of("a", "b", "a"), Map.of("a", 1)))
                        .withMessage("document a occurs twice in the ranking: list each document once"));
    }

    @Test
    void refuses_a_mean_over_no_query() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measure.map().mean(Run.of(Map.of()), Qrels.of(Map.of())))
                .withMessage("no query is judged: a mean needs at least one");
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
