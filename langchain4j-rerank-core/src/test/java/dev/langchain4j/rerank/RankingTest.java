package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {

    private final ScoringModel model = (segments, query) -> Response.from(segments.stream()
            .map(segment -> TestContents.numberIn(segment.text()))
            .toList());

    @Test
    void is_a_table_to_look_at() {
        String longText = "a text that goes on and on and on and on and on\nand on and on -1.5";

        Ranking ranking = RerankingContentAggregator.builder(model)
                .topK(2)
                .maxCandidates(3)
                .build()
                .rank(found(contents("second 1", longText, "first 12.34567", "never scored")));

        assertThat(ranking.toString()).isEqualTo("""
                        Ranking for "query": 2 kept, 2 dropped
                        rank   was   move        score          raw  stage       text
                           1     3     +2      12.3457      12.3457  scored      first 12.34567
                           2     1     -1       1.0000       1.0000  scored      second 1
                           3     2     -1      -1.5000      -1.5000  scored      a text that goes on and on and on and on and on and on and …  [dropped: beyond top 2]
                           4     4      =            -            -  retrieval   never scored  [dropped: beyond 3 candidates]
                        """);
    }

    @Test
    void of_nothing_is_empty() {
        Ranking ranking = RerankingContentAggregator.builder(model).build().rank(Map.of());

        assertThat(ranking.kept()).isEmpty();
        assertThat(ranking.dropped()).isEmpty();
        assertThat(ranking.query()).isEmpty();
        assertThat(ranking.degraded()).isFalse();
        assertThat(ranking.degradedBy()).isNull();
    }

    @Test
    void cannot_be_changed() {
        Ranking ranking =
                RerankingContentAggregator.builder(model).topK(1).build().rank(found(contents("a 1", "b 2")));

        assertThatThrownBy(() -> ranking.kept().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ranking.dropped().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void does_not_show_texts_of_a_content_in_one_line() {
        RankedContent content = RankedContent.scored(Content.from("secret"), 2, 1, 0.25, 0.5, ScoreDetail.ofScored());

        assertThat(List.of(content, content.withDropReason("beyond top 5")))
                .extracting(RankedContent::toString)
                .containsExactly("#1 (was #2), score 0.5", "#1 (was #2), score 0.5, dropped: beyond top 5");
    }
}
