package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.fromSource;
import static dev.langchain4j.rerank.TestContents.keptTexts;
import static dev.langchain4j.rerank.TestContents.scored;
import static dev.langchain4j.rerank.TestContents.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RerankingContentAggregatorTest {

    private final List<String> calls = new ArrayList<>();

    /** Scores a text by the number at its end. */
    private final ScoringModel model = (segments, query) -> {
        calls.add(query + ": " + segments.stream().map(TextSegment::text).toList());
        return Response.from(segments.stream()
                .map(segment -> TestContents.numberIn(segment.text()))
                .toList());
    };

    @Test
    void hands_on_the_best_five_of_the_first_hundred_by_default() {
        Ranking ranking = RerankingContentAggregator.builder(model).build().rank(found(contents(102)));

        assertThat(keptTexts(ranking)).containsExactly("text 99", "text 98", "text 97", "text 96", "text 95");
        assertThat(ranking.dropped()).hasSize(97);
        assertThat(ranking.dropped().get(0).toString()).isEqualTo("#6 (was #95), score 94.0, dropped: beyond top 5");
        assertThat(ranking.dropped().get(96).toString())
                .isEqualTo("#102 (was #102), not scored, dropped: beyond 100 candidates");
    }

    @Test
    void hands_on_all_when_asked() {
        assertThat(RerankingContentAggregator.builder(model)
                        .topK(Integer.MAX_VALUE)
                        .maxCandidates(Integer.MAX_VALUE)
                        .build()
                        .aggregate(found(contents(300))))
                .hasSize(300);
    }

    @Test
    void writes_the_score_beside_the_metadata_that_came_in_and_changes_nothing_that_did() {
        Content content = Content.from(
                TextSegment.from("a 1"), Map.of(ContentMetadata.SCORE, 0.9, ContentMetadata.EMBEDDING_ID, "id"));

        List<Content> contents =
                RerankingContentAggregator.builder(model).build().aggregate(found(List.of(content)));

        assertThat(contents.get(0).textSegment()).isSameAs(content.textSegment());
        assertThat(contents.get(0).metadata())
                .containsOnly(
                        Map.entry(ContentMetadata.SCORE, 0.9),
                        Map.entry(ContentMetadata.EMBEDDING_ID, "id"),
                        Map.entry(ContentMetadata.RERANKED_SCORE, 1.0));
        assertThat(content.metadata()).doesNotContainKey(ContentMetadata.RERANKED_SCORE);
    }

    @Test
    void removes_the_score_of_a_reranker_before_from_what_it_does_not_score() {
        Content content = Content.from(
                TextSegment.from("a 1"), Map.of(ContentMetadata.SCORE, 0.9, ContentMetadata.RERANKED_SCORE, 7.0));

        Ranking ranking = RerankingContentAggregator.builder(model)
                .maxCandidates(1)
                .build()
                .rank(found(List.of(Content.from("b 2"), content)));

        assertThat(ranking.dropped().get(0).content().metadata()).containsOnly(Map.entry(ContentMetadata.SCORE, 0.9));
        assertThat(content.metadata()).containsKey(ContentMetadata.RERANKED_SCORE);
    }

    @Test
    void keeps_the_best_score_over_the_queries_that_found_a_content() {
        Map<Query, Collection<List<Content>>> queryToContents = new HashMap<>();
        queryToContents.put(Query.from("one"), List.of(contents("a", "both")));
        queryToContents.put(Query.from("two"), List.of(contents("b", "both")));
        Map<String, Double> scores = Map.of("one a", 3.0, "one both", 1.0, "two b", 2.0, "two both", 4.0);
        ScoringModel byPair = (segments, query) -> Response.from(segments.stream()
                .map(segment -> scores.get(query + " " + segment.text()))
                .toList());

        Ranking ranking = RerankingContentAggregator.builder(byPair).build().rank(queryToContents);

        assertThat(keptTexts(ranking)).containsExactly("both", "a", "b");
        assertThat(ranking.kept()).extracting(RankedContent::rawScore).containsExactly(4.0, 3.0, 2.0);
    }

    @Test
    void asks_once_for_queries_that_say_the_same() {
        Map<Query, Collection<List<Content>>> queryToContents = new LinkedHashMap<>();
        queryToContents.put(Query.from("same"), List.of(contents("a 1", "b 2")));
        queryToContents.put(
                Query.from("same", Metadata.from(UserMessage.from("other"), "chat", List.of())),
                List.of(contents("b 2", "c 3")));

        RerankingContentAggregator.builder(model).build().aggregate(queryToContents);

        assertThat(calls).containsExactly("same: [b 2, a 1, c 3]");
    }

    @Test
    void ranks_the_same_whatever_the_order_of_the_map() {
        Map<Query, Collection<List<Content>>> oneWay = new LinkedHashMap<>();
        oneWay.put(Query.from("b"), List.of(contents("x 1", "y 1")));
        oneWay.put(Query.from("a"), List.of(contents("z 1", "y 1")));
        Map<Query, Collection<List<Content>>> otherWay = new LinkedHashMap<>();
        otherWay.put(Query.from("a"), oneWay.get(Query.from("a")));
        otherWay.put(Query.from("b"), oneWay.get(Query.from("b")));
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(model).build();

        assertThat(aggregator.rank(oneWay))
                .hasToString(aggregator.rank(otherWay).toString());
        assertThat(texts(aggregator.aggregate(oneWay))).containsExactly("y 1", "z 1", "x 1");
        assertThat(aggregator.rank(oneWay).query()).isEqualTo("a");
    }

    @Test
    void scores_against_the_original_message_when_asked() {
        Metadata metadata = Metadata.from(UserMessage.from("and him?"), "chat", List.of());

        Ranking ranking = RerankingContentAggregator.builder(model)
                .querySelector(QuerySelector.originalUserMessage())
                .build()
                .rank(Map.of(Query.from("who was Turing?", metadata), List.of(contents("a 1"))));

        assertThat(calls).containsExactly("and him?: [a 1]");
        assertThat(ranking.query()).isEqualTo("and him?");
    }

    @Test
    void collapses_contents_of_the_same_text_when_asked() {
        Map<Query, Collection<List<Content>>> queryToContents = Map.of(
                Query.from("a"),
                List.of(List.of(fromSource("x", "same 1"), fromSource("x", "other 2"))),
                Query.from("b"),
                List.of(List.of(fromSource("y", "same 1"), fromSource("y", "third 3"))));

        Ranking kept = RerankingContentAggregator.builder(model).build().rank(queryToContents);
        calls.clear();
        Ranking collapsed = RerankingContentAggregator.builder(model)
                .collapseDuplicates(true)
                .build()
                .rank(queryToContents);

        assertThat(keptTexts(kept)).containsExactly("third 3", "other 2", "same 1", "same 1");
        assertThat(keptTexts(collapsed)).containsExactly("third 3", "other 2", "same 1");
        assertThat(collapsed.dropped())
                .extracting(RankedContent::toString)
                .containsExactly("#4 (was #2), not scored, dropped: duplicate of retrieval #1");
        assertThat(calls).containsExactly("a: [same 1, other 2]", "b: [same 1, third 3]");
    }

    @Test
    void lets_the_model_read_metadata_and_hands_the_content_on_as_it_came() {
        Content content = fromSource("Wikipedia", "a 1");

        List<Content> contents = RerankingContentAggregator.builder(model)
                .textTemplate("{{source}}: {{text}}")
                .build()
                .aggregate(found(List.of(content)));

        assertThat(calls).containsExactly("query: [Wikipedia: a 1]");
        assertThat(contents.get(0).textSegment()).isSameAs(content.textSegment());
    }

    @Test
    void reports_normalised_scores_and_compares_the_minimum_with_them() {
        Ranking ranking = RerankingContentAggregator.builder(ScaledScoringModel.of(model, ScoreScale.LOGIT))
                .normalizer(ScoreNormalizer.sigmoid())
                .minScore(0.5)
                .build()
                .rank(found(contents("a -1", "b 0", "c 2")));

        assertThat(ranking.kept()).extracting(RankedContent::rawScore).containsExactly(2.0, 0.0);
        assertThat(ranking.kept()).extracting(RankedContent::score).containsExactly(1 / (1 + Math.exp(-2)), 0.5);
        assertThat(ranking.kept().get(0).content().metadata())
                .containsEntry(ContentMetadata.RERANKED_SCORE, 1 / (1 + Math.exp(-2)));
        assertThat(ranking.dropped().get(0).dropReason()).isEqualTo("below minimum score 0.5");
    }

    @Test
    void a_minimum_score_means_the_same_on_every_declared_scale() {
        ScoringModel probabilities = (segments, query) ->
                Response.from(List.of(1 / (1 + Math.exp(1)), 1 / (1 + Math.exp(0)), 1 / (1 + Math.exp(-2))));

        Ranking ofLogits = toUnit(ScaledScoringModel.of(model, ScoreScale.LOGIT));
        Ranking ofProbabilities = toUnit(ScaledScoringModel.of(probabilities, ScoreScale.PROBABILITY));

        assertThat(keptTexts(ofLogits)).isEqualTo(keptTexts(ofProbabilities)).containsExactly("c 2", "b 0");
        assertThat(ofLogits.kept())
                .extracting(RankedContent::score)
                .isEqualTo(ofProbabilities.kept().stream()
                        .map(RankedContent::score)
                        .toList());
    }

    private static Ranking toUnit(ScoringModel scaled) {
        return RerankingContentAggregator.builder(scaled)
                .normalizer(ScoreNormalizer.toUnitInterval())
                .minScore(0.5)
                .build()
                .rank(found(contents("a -1", "b 0", "c 2")));
    }

    @Test
    void takes_a_model_that_does_not_declare_its_scale_for_relative() {
        List<ScoreScale> scales = new ArrayList<>();

        RerankingContentAggregator.builder(model)
                .normalizer((scores, scale) -> {
                    scales.add(scale);
                    return scores;
                })
                .build()
                .aggregate(found(contents("a 1")));

        assertThat(scales).containsExactly(ScoreScale.RELATIVE);
    }

    @Test
    void reports_calibrated_scores() {
        PlattCalibration calibration = new PlattCalibration(-2, 1);

        Ranking ranking = RerankingContentAggregator.builder(model)
                .normalizer(calibration)
                .build()
                .rank(found(contents("a 1")));

        assertThat(ranking.kept().get(0).score()).isEqualTo(1 / (1 + Math.exp(-2 * 1.0 + 1)));
    }

    @Test
    void gives_the_retrieval_score_a_say_when_asked() {
        Ranking ranking = RerankingContentAggregator.builder(model)
                .normalizer(ScoreNormalizer.minMax())
                .combiner(ScoreCombiner.weighted(0.5))
                .build()
                .rank(found(List.of(scored("a 0", 0.9), scored("b 10", 0.1), scored("c 9", 0.8))));

        assertThat(keptTexts(ranking)).containsExactly("c 9", "b 10", "a 0");
        assertThat(ranking.kept())
                .extracting(RankedContent::score)
                .containsExactly(0.5 * 0.9 + 0.5 * 0.8, 0.5 * 1 + 0.5 * 0.1, 0.5 * 0.9);
    }

    @Test
    void takes_the_steps_in_order_then_cuts_and_arranges_last() {
        Ranking ranking = RerankingContentAggregator.builder(model)
                .selection(
                        SelectionPolicy.lostInTheMiddle(),
                        SelectionPolicy.perSource("source", 2),
                        SelectionPolicy.minimumKept(5))
                .topK(4)
                .minScore(3)
                .build()
                .rank(found(List.of(
                        fromSource("x", "a 9"),
                        fromSource("x", "b 8"),
                        fromSource("x", "c 7"),
                        fromSource("y", "d 2"),
                        fromSource("y", "e 1"))));

        assertThat(keptTexts(ranking)).containsExactly("a 9", "c 7", "d 2", "b 8");
        assertThat(ranking.dropped())
                .extracting(RankedContent::toString)
                .containsExactly("#5 (was #5), score 1.0, dropped: beyond top 4");
    }

    @Test
    void the_last_call_of_an_option_counts() {
        List<Content> contents = RerankingContentAggregator.builder(model)
                .topK(1)
                .topK(2)
                .selection(SelectionPolicy.topK(1))
                .selection()
                .build()
                .aggregate(found(contents("a 1", "b 2", "c 3")));

        assertThat(texts(contents)).containsExactly("c 3", "b 2");
    }

    @Test
    void refuses_bad_options() {
        RerankingContentAggregator.Builder builder = RerankingContentAggregator.builder(model);

        assertThatThrownBy(() -> builder.topK(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topK must be at least 1, got 0");
        assertThatThrownBy(() -> builder.maxCandidates(0)).hasMessage("maxCandidates must be at least 1, got 0");
        assertThatThrownBy(() -> builder.minScore(Double.NaN)).hasMessage("minScore must be a finite number, got NaN");
        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessage("timeout must be above zero, got PT0S");
        assertThatThrownBy(() -> builder.timeout(Duration.ofMillis(-1)))
                .hasMessage("timeout must be above zero, got PT-0.001S");
        assertThatThrownBy(() -> builder.textTemplate("{{title}}"))
                .hasMessage("textTemplate must contain {{text}}, got: {{title}}");
        assertThatThrownBy(() -> RerankingContentAggregator.builder(null))
                .isExactlyInstanceOf(InvalidOptionException.class)
                .hasMessage("scoringModel is null: pass the model that scores the candidates");
        assertThat(builder.timeout(Duration.ofDays(365_000)).build().rank(Map.of(QUERY, List.of())))
                .isNotNull();
    }
}
