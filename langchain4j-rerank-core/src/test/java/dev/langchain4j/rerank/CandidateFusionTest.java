package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rerank.RetrievedList.Hit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateFusionTest {

    /** The example of Milvus's page on its RRFRanker; the sums on that page are wrong, these are computed. */
    @Test
    void sums_reciprocal_ranks_over_the_lists_of_a_hybrid_search() {
        Map<String, Double> fused = fuse(
                CandidateFusion.reciprocalRank(60),
                contents("101", "203", "150", "198", "175"),
                contents("198", "101", "110", "175", "250"));

        assertThat(fused)
                .containsExactly(
                        Map.entry("101", 1.0 / 61 + 1.0 / 62),
                        Map.entry("198", 1.0 / 64 + 1.0 / 61),
                        Map.entry("175", 1.0 / 65 + 1.0 / 64),
                        Map.entry("203", 1.0 / 62),
                        Map.entry("150", 1.0 / 63),
                        Map.entry("110", 1.0 / 63),
                        Map.entry("250", 1.0 / 65));
        assertThat(fused.get("101")).isCloseTo(0.032522, within(5e-7));
        assertThat(fused.get("250")).isCloseTo(0.015385, within(5e-7));
    }

    /** The example of Milvus's page on its WeightedRanker. */
    @Test
    void sums_weighted_scores_over_the_lists_of_a_multi_vector_search() {
        Map<String, Double> fused = fuse(
                CandidateFusion.weighted(0.6, 0.4),
                List.of(
                        scored("101", .92),
                        scored("203", .88),
                        scored("150", .85),
                        scored("198", .83),
                        scored("175", .80)),
                List.of(
                        scored("198", .91),
                        scored("101", .87),
                        scored("110", .85),
                        scored("175", .82),
                        scored("250", .78)));

        assertThat(fused.keySet()).containsExactly("101", "198", "175", "203", "150", "110", "250");
        assertThat(fused.get("101")).isEqualTo(0.6 * .92 + 0.4 * .87).isCloseTo(0.900, within(1e-9));
        assertThat(fused.get("198")).isEqualTo(0.6 * .83 + 0.4 * .91).isCloseTo(0.862, within(1e-9));
        assertThat(fused.get("175")).isEqualTo(0.6 * .80 + 0.4 * .82).isCloseTo(0.808, within(1e-9));
        assertThat(fused.get("203")).isEqualTo(0.6 * .88).isCloseTo(0.528, within(1e-9));
        assertThat(fused.get("150")).isEqualTo(0.6 * .85).isCloseTo(0.51, within(1e-9));
        assertThat(fused.get("110")).isEqualTo(0.4 * .85).isCloseTo(0.34, within(1e-9));
        assertThat(fused.get("250")).isEqualTo(0.4 * .78).isCloseTo(0.312, within(1e-9));
    }

    @Test
    void squeezes_scores_of_different_scales_by_the_arctangent() {
        Map<String, Double> fused =
                fuse(CandidateFusion.weightedArctan(1, 0.5), List.of(scored("a", 12.5)), List.of(scored("b", -0.5)));

        assertThat(fused)
                .containsExactly(
                        Map.entry("a", 0.5 + Math.atan(12.5) / Math.PI),
                        Map.entry("b", 0.5 * (0.5 + Math.atan(-0.5) / Math.PI)));
    }

    @Test
    void takes_turns_and_skips_what_is_there() {
        Map<String, Double> fused =
                fuse(CandidateFusion.inTurn(), contents("a", "b", "c"), contents("b", "d"), contents("e"));

        assertThat(fused.keySet()).containsExactly("a", "b", "e", "d", "c");
    }

    @Test
    void counts_a_content_once_that_a_list_holds_twice() {
        Map<String, Double> fused = fuse(CandidateFusion.reciprocalRank(60), contents("a", "a", "b"));

        assertThat(fused).containsExactly(Map.entry("a", 1.0 / 61), Map.entry("b", 1.0 / 62));
    }

    @Test
    void refuses_a_constant_out_of_range() {
        assertThatThrownBy(() -> CandidateFusion.reciprocalRank(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be above 0 and below 16384, got 0.0");
        assertThatThrownBy(() -> CandidateFusion.reciprocalRank(16384))
                .hasMessage("k must be above 0 and below 16384, got 16384.0");
        assertThat(CandidateFusion.reciprocalRank(0.5)).isNotNull();
    }

    @Test
    void refuses_weights_out_of_range() {
        assertThatThrownBy(() -> CandidateFusion.weighted(0.5, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights must be from 0.0 to 1.0, got 1.5");
        assertThatThrownBy(() -> CandidateFusion.weighted(Double.NaN))
                .hasMessage("weights must be from 0.0 to 1.0, got NaN");
        assertThatThrownBy(CandidateFusion::weighted)
                .hasMessage("weights must hold one weight per retriever, got none");
    }

    @Test
    void refuses_to_weigh_lists_that_have_no_weight_or_contents_without_a_score() {
        assertThatThrownBy(() -> fuse(CandidateFusion.weighted(1), List.of(scored("a", 1)), List.of(scored("b", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weighted fusion has 1 weights but query 0 has lists of 2 retrievers; "
                        + "it needs one weight per retriever");
        assertThatThrownBy(() -> fuse(CandidateFusion.weighted(1, 1), List.of(scored("a", 1)), contents("b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weighted fusion needs a score of every content (ContentMetadata.SCORE), "
                        + "but retriever 1 of query 0 gave none; fuse by reciprocal rank instead");
        assertThatThrownBy(() -> fuse(CandidateFusion.weighted(1), List.of(scored("a", Double.NaN))))
                .hasMessage("weighted fusion needs a score of every content (ContentMetadata.SCORE), "
                        + "but retriever 0 of query 0 gave NaN; fuse by reciprocal rank instead");
    }

    @Test
    void refuses_the_ratings_of_a_fusion_that_broke_its_promise() {
        assertThatThrownBy(() -> Retrieval.of(found(contents("a", "b")), (lists, candidates) -> new double[1], false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fusion returned 1 numbers for 2 candidates; it must return one per candidate");
        assertThatThrownBy(() -> Retrieval.of(
                        found(contents("a", "b")),
                        (lists, candidates) -> new double[] {1, Double.POSITIVE_INFINITY},
                        false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fusion returned Infinity for candidate 1 of 2; it must return finite numbers");
    }

    @Test
    void shows_a_fusion_who_found_what_and_where() {
        Retrieval.of(
                found(List.of(scored("a", 0.5)), List.of(), contents("b", "a")),
                (lists, candidates) -> {
                    assertThat(lists)
                            .containsExactly(
                                    new RetrievedList(0, 0, List.of(new Hit(0, 0.5))),
                                    new RetrievedList(0, 1, List.of()),
                                    new RetrievedList(0, 2, List.of(new Hit(1, null), new Hit(0, null))));
                    return new double[candidates];
                },
                false);
    }

    /** Texts with their fused scores, in fused order. */
    @SafeVarargs
    private static Map<String, Double> fuse(CandidateFusion fusion, List<Content>... lists) {
        double[][] fused = new double[1][];
        List<List<Content>> found = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (List<Content> list : lists) {
            found.add(list);
            TestContents.texts(list).stream()
                    .filter(text -> !seen.contains(text))
                    .forEach(seen::add);
        }
        Retrieval retrieval = Retrieval.of(
                Map.of(QUERY, found),
                (retrieved, candidates) -> {
                    fused[0] = fusion.fuse(retrieved, candidates);
                    return fused[0];
                },
                false);
        Map<String, Double> inOrder = new LinkedHashMap<>();
        for (Candidate candidate : retrieval.candidates()) {
            String text = candidate.content().textSegment().text();
            inOrder.put(text, fused[0][seen.indexOf(text)]);
        }
        return inOrder;
    }
}
