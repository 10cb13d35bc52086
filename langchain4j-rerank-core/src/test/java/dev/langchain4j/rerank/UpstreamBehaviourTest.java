package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.aggregator.DefaultContentAggregator;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rag.query.router.DefaultQueryRouter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users of LangChain4j's own {@code ReRankingContentAggregator} rely on, as its tests describe it. The one behaviour
 * that differs, refusing several queries without a selector, is the subject of ADR 0010.
 */
class UpstreamBehaviourTest {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, Double> scores = new LinkedHashMap<>();

    private final ScoringModel model = (segments, query) -> {
        List<String> texts = segments.stream().map(TextSegment::text).toList();
        calls.add(query + ": " + texts);
        return Response.from(texts.stream().map(scores::get).toList());
    };

    @Test
    void reranks_the_contents_of_one_retriever() {
        scores.putAll(Map.of("first", 0.5, "second", 0.7));

        List<Content> contents =
                RerankingContentAggregator.builder(model).build().aggregate(found(contents("first", "second")));

        assertThat(texts(contents)).containsExactly("second", "first");
        assertThat(contents)
                .extracting(content -> content.metadata().get(ContentMetadata.RERANKED_SCORE))
                .containsExactly(0.7, 0.5);
    }

    @Test
    void fuses_the_contents_of_several_retrievers_before_it_reranks_them() {
        scores.putAll(Map.of("in both", 0.5, "in one", 0.7, "in the other", 0.9));

        List<Content> contents = RerankingContentAggregator.builder(model)
                .build()
                .aggregate(found(contents("in one", "in both"), contents("in both", "in the other")));

        assertThat(calls).containsExactly("query: [in both, in one, in the other]");
        assertThat(texts(contents)).containsExactly("in the other", "in one", "in both");
    }

    @Test
    void reranks_all_queries_contents_against_the_selected_one_and_filters_by_score() {
        scores.putAll(Map.of("shared", 0.6, "b", 0.2, "c", 0.3, "a", 0.4, "d", 0.5));

        List<Content> contents = RerankingContentAggregator.builder(model)
                .querySelector(queries -> queries.keySet().iterator().next())
                .minScore(0.4)
                .build()
                .aggregate(twoQueriesWithTwoRetrieversEach());

        assertThat(calls).containsExactly("first query: [shared, b, c, a, d]");
        assertThat(texts(contents)).containsExactly("shared", "d", "a");
        assertThat(contents)
                .extracting(content -> content.metadata().get(ContentMetadata.RERANKED_SCORE))
                .containsExactly(0.6, 0.5, 0.4);
    }

    @Test
    void hands_on_as_many_as_are_wanted() {
        scores.putAll(Map.of("shared", 0.6, "b", 0.2, "c", 0.3, "a", 0.4, "d", 0.5));

        List<Content> contents = RerankingContentAggregator.builder(model)
                .querySelector(queries -> queries.keySet().iterator().next())
                .minScore(0.4)
                .topK(2)
                .build()
                .aggregate(twoQueriesWithTwoRetrieversEach());

        assertThat(texts(contents)).containsExactly("shared", "d");
    }

    /** Random lists of up to four queries with up to four retrievers each, over few texts so that most recur. */
    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fuses_in_the_same_order_as_langchain4j_if_fused_by_query(int seed) {
        Random random = new Random(seed);
        Map<Query, Collection<List<Content>>> queryToContents = new LinkedHashMap<>();
        int queries = 1 + random.nextInt(4);
        for (int query = 0; query < queries; query++) {
            List<List<Content>> lists = new ArrayList<>();
            int retrievers = 1 + random.nextInt(4);
            for (int retriever = 0; retriever < retrievers; retriever++) {
                List<String> texts = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
                Collections.shuffle(texts, random);
                lists.add(texts.subList(0, random.nextInt(9)).stream()
                        .map(Content::from)
                        .toList());
            }
            queryToContents.put(Query.from("query " + query), lists);
        }

        Retrieval retrieval = Retrieval.of(queryToContents, CandidateFusion.reciprocalRankByQuery(60), false);

        assertThat(retrieval.candidates())
                .extracting(candidate -> candidate.content().textSegment().text())
                .containsExactlyElementsOf(texts(new DefaultContentAggregator().aggregate(queryToContents)));
    }

    @Test
    void reranks_with_a_model_that_returns_null_for_its_parameters_as_mocks_do() {
        ScoringModel mock = (ScoringModel) Proxy.newProxyInstance(
                ScoringModel.class.getClassLoader(),
                new Class<?>[] {ScoringModel.class},
                (proxy, method, arguments) ->
                        method.getName().equals("scoreAll") ? Response.from(List.of(0.5, 0.7)) : null);

        List<Content> contents =
                RerankingContentAggregator.builder(mock).build().aggregate(found(contents("first", "second")));

        assertThat(texts(contents)).containsExactly("second", "first");
    }

    static List<Map<Query, Collection<List<Content>>>> nothing() {
        return List.of(
                Map.of(),
                Map.of(QUERY, List.of()),
                Map.of(QUERY, List.of(List.of())),
                Map.of(QUERY, List.of(List.of(), List.of())));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void calls_no_model_where_there_is_nothing_to_rerank(Map<Query, Collection<List<Content>>> queryToContents) {
        assertThat(RerankingContentAggregator.builder(model).build().aggregate(queryToContents))
                .isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void keeps_the_metadata_of_the_retriever_and_the_order_of_ties() {
        Content first = Content.from(
                TextSegment.from("first"),
                Map.of(ContentMetadata.SCORE, 0.8, ContentMetadata.EMBEDDING_ID, "embedding 1"));
        Content second = Content.from(TextSegment.from("second"), Map.of(ContentMetadata.SCORE, 0.6));
        scores.putAll(Map.of("first", 1.0, "second", 1.0));

        List<Content> contents =
                RerankingContentAggregator.builder(model).build().aggregate(found(List.of(first, second)));

        assertThat(texts(contents)).containsExactly("first", "second");
        assertThat(contents.get(0).metadata())
                .containsOnly(
                        entry(ContentMetadata.SCORE, 0.8),
                        entry(ContentMetadata.EMBEDDING_ID, "embedding 1"),
                        entry(ContentMetadata.RERANKED_SCORE, 1.0));
    }

    @Test
    void stands_in_the_chain_of_an_augmentor_with_any_scoring_model() {
        scores.putAll(Map.of("a", 0.1, "b", 0.9, "c", 0.5));
        DefaultRetrievalAugmentor augmentor = DefaultRetrievalAugmentor.builder()
                .queryTransformer(query -> List.of(query, Query.from("expanded", query.metadata())))
                .queryRouter(new DefaultQueryRouter(query -> contents("a", "b"), query -> contents("c", "b")))
                .contentAggregator(
                        RerankingContentAggregator.builder(model).topK(2).build())
                .build();
        UserMessage message = UserMessage.from("what I asked");

        AugmentationResult result =
                augmentor.augment(new AugmentationRequest(message, Metadata.from(message, "chat", List.of())));

        assertThat(texts(result.contents())).containsExactly("b", "c");
        assertThat(calls).containsExactly("what I asked: [b, a, c]", "expanded: [b, a, c]");
        assertThat(((UserMessage) result.chatMessage()).singleText()).contains("what I asked", "b", "c");
    }

    private static Map<Query, Collection<List<Content>>> twoQueriesWithTwoRetrieversEach() {
        Map<Query, Collection<List<Content>>> queryToContents = new LinkedHashMap<>();
        queryToContents.put(Query.from("first query"), List.of(contents("shared", "a"), contents("b", "shared")));
        queryToContents.put(Query.from("second query"), List.of(contents("c", "shared"), contents("shared", "d")));
        return queryToContents;
    }
}
