package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RerankingContentAggregatorTest {

    private static final Query QUERY = Query.from("query");

    private final List<String> calls = new ArrayList<>();

    private final ScoringModel byLength = (segments, query) -> {
        calls.add(query + ": " + segments.stream().map(TextSegment::text).toList());
        return Response.from(segments.stream()
                .map(segment -> (double) segment.text().length())
                .toList());
    };

    @Test
    void orders_by_score_and_writes_it_beside_the_metadata_that_came_in() {
        Content content = Content.from(
                TextSegment.from("aa"), Map.of(ContentMetadata.SCORE, 0.9, ContentMetadata.EMBEDDING_ID, "id"));

        List<Content> contents = RerankingContentAggregator.builder(byLength)
                .build()
                .aggregate(Map.of(QUERY, List.of(List.of(content, Content.from("bbb")))));

        assertThat(contents).extracting(c -> c.textSegment().text()).containsExactly("bbb", "aa");
        assertThat(contents.get(1).metadata())
                .containsOnly(
                        Map.entry(ContentMetadata.SCORE, 0.9),
                        Map.entry(ContentMetadata.EMBEDDING_ID, "id"),
                        Map.entry(ContentMetadata.RERANKED_SCORE, 2.0));
        assertThat(content.metadata()).doesNotContainKey(ContentMetadata.RERANKED_SCORE);
    }

    @Test
    void scores_in_the_fused_order_and_breaks_ties_by_it() {
        Collection<List<Content>> lists = List.of(contents("a", "b", "c"), contents("b", "c", "d"));

        List<Content> contents =
                RerankingContentAggregator.builder(byLength).build().aggregate(Map.of(QUERY, lists));

        // b: 1/62 + 1/61, c: 1/63 + 1/62, a: 1/61, d: 1/63
        assertThat(calls).containsExactly("query: [b, c, a, d]");
        assertThat(contents).extracting(c -> c.textSegment().text()).containsExactly("b", "c", "a", "d");
    }

    @Test
    void scores_each_content_against_the_queries_that_found_it() {
        Map<Query, Collection<List<Content>>> queryToContents = new HashMap<>();
        queryToContents.put(Query.from("second"), List.of(contents("b", "shared")));
        queryToContents.put(Query.from("first"), List.of(contents("a", "shared")));

        RerankingContentAggregator.builder(byLength).build().aggregate(queryToContents);

        assertThat(calls).containsExactly("first: [shared, a]", "second: [shared, b]");
    }

    @Test
    void scores_everything_against_the_selected_query() {
        Map<Query, Collection<List<Content>>> queryToContents =
                Map.of(QUERY, List.of(contents("a")), Query.from("other"), List.of(contents("b")));

        RerankingContentAggregator.builder(byLength)
                .querySelector(queries -> QUERY)
                .build()
                .aggregate(queryToContents);

        assertThat(calls).containsExactly("query: [b, a]");
    }

    @Test
    void tells_why_a_candidate_was_dropped() {
        Ranking ranking = RerankingContentAggregator.builder(byLength)
                .topK(1)
                .minScore(2)
                .maxCandidates(3)
                .build()
                .rank(Map.of(QUERY, List.of(contents("a", "bb", "ccc", "dddd"))));

        assertThat(ranking.kept()).extracting(RankedContent::toString).containsExactly("#1 (was #3), score 3.0");
        assertThat(ranking.dropped())
                .extracting(RankedContent::toString)
                .containsExactly(
                        "#2 (was #2), score 2.0, dropped: beyond top 1",
                        "#3 (was #1), score 1.0, dropped: below minimum score 2.0",
                        "#4 (was #4), not scored, dropped: beyond 3 candidates");
        assertThat(ranking.query()).isEqualTo("query");
        assertThat(ranking.degraded()).isFalse();
    }

    @Test
    void calls_no_model_without_a_candidate() {
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(byLength).build();

        assertThat(aggregator.aggregate(Map.of())).isEmpty();
        assertThat(aggregator.aggregate(Map.of(QUERY, List.of()))).isEmpty();
        assertThat(aggregator.aggregate(Map.of(QUERY, List.of(List.of(), List.of()))))
                .isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void refuses_contents_that_are_null() {
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(byLength).build();

        assertThatThrownBy(() -> aggregator.aggregate(Map.of(QUERY, List.of(Arrays.asList(Content.from("a"), null)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retriever 0 of query 0 returned a null content at index 1 of 2");
    }

    @Test
    void refuses_bad_options() {
        RerankingContentAggregator.Builder builder = RerankingContentAggregator.builder(byLength);

        assertThatThrownBy(() -> builder.topK(0)).hasMessage("topK must be at least 1, got 0");
        assertThatThrownBy(() -> builder.maxCandidates(0)).hasMessage("maxCandidates must be at least 1, got 0");
        assertThatThrownBy(() -> builder.minScore(Double.NaN)).hasMessage("minScore must be a finite number, got NaN");
    }

    private static List<Content> contents(String... texts) {
        return Arrays.stream(texts).map(Content::from).toList();
    }
}
