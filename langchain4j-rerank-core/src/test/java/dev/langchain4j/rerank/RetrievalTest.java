package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.fromSource;
import static dev.langchain4j.rerank.TestContents.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrievalTest {

    private static final CandidateFusion FUSION = CandidateFusion.reciprocalRank(60);

    @Test
    void merges_what_is_the_same_in_text_and_metadata() {
        Content one = Content.from(TextSegment.from("a", Metadata.from("source", "x")));
        Content same = Content.from(TextSegment.from("a", Metadata.from("source", "x")));
        Content elsewhere = Content.from(TextSegment.from("a", Metadata.from("source", "y")));

        Retrieval retrieval = Retrieval.of(found(List.of(one), List.of(same, elsewhere)), FUSION, false);

        assertThat(retrieval.candidates())
                .extracting(candidate -> candidate.content().textSegment())
                .containsExactly(one.textSegment(), elsewhere.textSegment());
    }

    @Test
    void keeps_the_higher_score_with_the_id_that_belongs_to_it() {
        Content low = content(Map.of(ContentMetadata.SCORE, 0.3, ContentMetadata.EMBEDDING_ID, "low"));
        Content high = content(Map.of(ContentMetadata.SCORE, 0.7, ContentMetadata.EMBEDDING_ID, "high"));

        assertThat(merged(low, high).metadata()).isEqualTo(high.metadata());
        assertThat(merged(high, low).metadata()).isEqualTo(high.metadata());
    }

    @Test
    void adds_what_only_one_finding_tells() {
        Content scored = content(Map.of(ContentMetadata.SCORE, 0.3));
        Content named = content(Map.of(ContentMetadata.EMBEDDING_ID, "id"));
        Map<ContentMetadata, Object> both = Map.of(ContentMetadata.SCORE, 0.3, ContentMetadata.EMBEDDING_ID, "id");

        assertThat(merged(scored, named).metadata()).isEqualTo(both);
        assertThat(merged(named, scored).metadata()).isEqualTo(both);
        assertThat(scored.metadata()).containsOnlyKeys(ContentMetadata.SCORE);
    }

    @Test
    void hands_a_content_on_untouched_that_was_found_once() {
        Content content = scored("a", 0.5);

        assertThat(Retrieval.of(found(List.of(content)), FUSION, false)
                        .candidates()
                        .get(0)
                        .content())
                .isSameAs(content);
    }

    @Test
    void orders_queries_the_users_own_first_then_by_text_whatever_the_order_of_the_map() {
        Query own = fromUser("what I asked", "what I asked");
        Query expanded = fromUser("what I asked", "a variation");
        Query another = fromUser("what I asked", "b variation");

        assertThat(queriesOf(another, expanded, own)).containsExactly(own, expanded, another);
        assertThat(queriesOf(own, another, expanded)).containsExactly(own, expanded, another);
        assertThat(queriesOf(expanded, own, another)).containsExactly(own, expanded, another);
    }

    @Test
    void knows_the_users_own_query_among_texts_and_images() {
        UserMessage message = UserMessage.from(
                ImageContent.from("http://example.com/picture.png"), TextContent.from("what is this?"));
        Query own = Query.from("what is this?", metadata(message));
        Query expanded = Query.from("a picture", metadata(message));

        assertThat(queriesOf(expanded, own)).containsExactly(own, expanded);
    }

    @Test
    void orders_queries_without_metadata_by_text() {
        assertThat(queriesOf(Query.from("b"), Query.from("a"))).containsExactly(Query.from("a"), Query.from("b"));
    }

    @Test
    void refuses_null_lists_contents_and_segments() {
        assertThatThrownBy(() -> Retrieval.of(Collections.singletonMap(QUERY, null), FUSION, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("query 0 has null instead of a collection of lists: "
                        + "pass an empty one for a query that found nothing");
        assertThatThrownBy(() -> Retrieval.of(Map.of(QUERY, Collections.singletonList(null)), FUSION, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retriever 0 of query 0 returned null instead of a list: return an empty one");
        assertThatThrownBy(() ->
                        Retrieval.of(found(contents("a"), Arrays.asList(Content.from("b"), null)), FUSION, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retriever 1 of query 0 returned a null content at index 1 of 2");
        assertThatThrownBy(() -> Retrieval.of(found(List.of(new SegmentlessContent())), FUSION, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retriever 0 of query 0 returned a null text segment at index 0 of 1");
    }

    @Test
    void fuses_contents_with_the_same_text_as_one_if_duplicates_are_collapsed() {
        List<Content> first = List.of(fromSource("x", "a"), fromSource("x", "twice"));
        List<Content> second = List.of(fromSource("y", "b"), fromSource("y", "twice"));

        Retrieval apart = Retrieval.of(found(first, second), FUSION, false);
        Retrieval collapsed = Retrieval.of(found(first, second), FUSION, true);

        assertThat(texts(apart)).containsExactly("a", "b", "twice", "twice");
        assertThat(texts(collapsed)).containsExactly("twice", "twice", "a", "b");
    }

    private static List<String> texts(Retrieval retrieval) {
        return retrieval.candidates().stream()
                .map(candidate -> candidate.content().textSegment().text())
                .toList();
    }

    @Test
    void a_shortlist_leaves_the_candidates_as_they_were() {
        Content here = Content.from(TextSegment.from("a", Metadata.from("source", "x")));
        Content there = Content.from(TextSegment.from("a", Metadata.from("source", "y")));
        Candidate first = new Candidate(here, null, Set.of(0));
        Candidate second = new Candidate(there, null, Set.of(1));

        Shortlist shortlist = Shortlist.of(List.of(first, second), 10, true);

        assertThat(shortlist.candidate(0).foundBy()).containsExactlyInAnyOrder(0, 1);
        assertThat(first.foundBy()).containsExactly(0);
        assertThat(second.foundBy()).containsExactly(1);
    }

    private static List<Query> queriesOf(Query... queries) {
        Map<Query, Collection<List<Content>>> queryToContents = new LinkedHashMap<>();
        for (Query query : queries) {
            queryToContents.put(query, List.of());
        }
        return Retrieval.of(queryToContents, FUSION, false).queries();
    }

    private static Query fromUser(String message, String text) {
        return Query.from(text, metadata(UserMessage.from(message)));
    }

    private static dev.langchain4j.rag.query.Metadata metadata(UserMessage message) {
        return dev.langchain4j.rag.query.Metadata.from(message, "chat", List.of());
    }

    private static Content content(Map<ContentMetadata, Object> metadata) {
        return Content.from(TextSegment.from("text"), metadata);
    }

    private static Content merged(Content first, Content second) {
        List<Candidate> candidates = Retrieval.of(found(List.of(first), List.of(second)), FUSION, false)
                .candidates();
        assertThat(candidates).hasSize(1);
        return candidates.get(0).content();
    }

    private record SegmentlessContent() implements Content {

        @Override
        public TextSegment textSegment() {
            return null;
        }

        @Override
        public Map<ContentMetadata, Object> metadata() {
            return Map.of();
        }
    }
}
