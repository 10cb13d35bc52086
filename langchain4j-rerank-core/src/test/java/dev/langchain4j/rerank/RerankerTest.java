package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RerankerTest {

    private final List<List<TextSegment>> calls = new ArrayList<>();

    private final ScoringModel byLength = (segments, query) -> {
        calls.add(segments);
        return Response.from(segments.stream()
                .map(segment -> (double) segment.text().length())
                .toList());
    };

    @Test
    void returns_the_best_first_with_the_place_in_the_input() {
        List<RerankResult> results =
                Reranker.builder(byLength).topK(2).build().rerank("query", List.of("a", "ccc", "bb"));

        assertThat(results).containsExactly(new RerankResult("ccc", 3, 1), new RerankResult("bb", 2, 2));
    }

    @Test
    void returns_five_by_default_and_all_when_asked() {
        List<String> documents = List.of("a", "b", "c", "d", "e", "f");

        assertThat(Reranker.builder(byLength).build().rerank("query", documents))
                .hasSize(5);
        assertThat(Reranker.builder(byLength).topK(Integer.MAX_VALUE).build().rerank("query", documents))
                .hasSize(6);
    }

    @Test
    void keeps_the_input_order_of_equal_scores_and_of_equal_texts() {
        List<RerankResult> results = Reranker.builder(byLength).build().rerank("query", List.of("b", "a", "b", "cc"));

        assertThat(results).extracting(RerankResult::index).containsExactly(3, 0, 1, 2);
    }

    @Test
    void ranks_blank_documents_last_and_does_not_send_them() {
        List<RerankResult> results = Reranker.builder(byLength).build().rerank("query", List.of(" ", "a", "", "bb"));

        assertThat(results)
                .containsExactly(
                        new RerankResult("bb", 2, 3),
                        new RerankResult("a", 1, 1),
                        new RerankResult(" ", Double.NEGATIVE_INFINITY, 0),
                        new RerankResult("", Double.NEGATIVE_INFINITY, 2));
        assertThat(calls).containsExactly(List.of(TextSegment.from("a"), TextSegment.from("bb")));
    }

    @Test
    void calls_no_model_without_a_document_to_score() {
        Reranker reranker = Reranker.builder(byLength).build();

        assertThat(reranker.rerank("query", List.of())).isEmpty();
        assertThat(reranker.rerank("query", List.of(" "))).hasSize(1);
        assertThat(calls).isEmpty();
    }

    @Test
    void refuses_a_query_that_says_nothing() {
        Reranker reranker = Reranker.builder(byLength).build();

        assertThatThrownBy(() -> reranker.rerank(" ", List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("query is blank: pass the question that the texts are scored against");
        assertThatThrownBy(() -> reranker.rerank(null, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("query is null: pass the question that the texts are scored against");
    }

    @Test
    void refuses_null_documents() {
        Reranker reranker = Reranker.builder(byLength).build();

        assertThatThrownBy(() -> reranker.rerank("query", Arrays.asList("a", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the document at index 1 of 2 is null: leave it out");
        assertThatThrownBy(() -> reranker.rerank("query", null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("documents is null: pass a list, an empty one if there is nothing to score");
    }

    @Test
    void refuses_bad_options() {
        assertThatThrownBy(() -> Reranker.builder(byLength).topK(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topK must be at least 1, got 0");
        assertThatThrownBy(() -> Reranker.builder(null))
                .isExactlyInstanceOf(InvalidOptionException.class)
                .hasMessage("scoringModel is null: pass the model that scores the documents");
    }

    @Test
    void refuses_an_answer_that_is_not_one_finite_score_a_document() {
        ScoringModel broken = new BrokenModel(Response.from(Arrays.asList(0.5, Double.NaN)));

        assertThatThrownBy(() -> Reranker.builder(broken).build().rerank("query", List.of("a", "b")))
                .isInstanceOf(InvalidScoresException.class)
                .hasMessage("BrokenModel returned NaN for the segment at index 1 of 2; "
                        + "a scoring model returns one finite score per segment, in their order");
    }

    private record BrokenModel(Response<List<Double>> response) implements ScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return response;
        }
    }
}
