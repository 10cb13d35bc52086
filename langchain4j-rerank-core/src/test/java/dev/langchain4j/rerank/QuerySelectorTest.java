package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuerySelectorTest {

    private final QuerySelector selector = QuerySelector.originalUserMessage();

    @Test
    void selects_what_the_user_wrote_even_if_no_query_says_it_any_more() {
        Metadata metadata = Metadata.from(UserMessage.from("and him?"), "chat", List.of());
        Query compressed = Query.from("when was Alan Turing born?", metadata);

        Query selected = selector.apply(Map.of(compressed, List.of()));

        assertThat(selected).isEqualTo(Query.from("and him?", metadata));
    }

    @Test
    void takes_the_only_query_if_it_has_no_metadata() {
        Query query = Query.from("query");

        assertThat(selector.apply(Map.of(query, List.of()))).isEqualTo(query);
    }

    @Test
    void refuses_to_guess_among_several_queries_without_metadata() {
        assertThatThrownBy(() -> selector.apply(Map.of(Query.from("a"), List.of(), Query.from("b"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("none of the 2 queries carries the user's message in its metadata; "
                        + "select one by another rule");
    }
}
