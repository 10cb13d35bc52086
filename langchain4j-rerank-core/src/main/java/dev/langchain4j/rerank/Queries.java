package dev.langchain4j.rerank;

import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.query.Query;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The order of queries, by their text: LangChain4j passes them in a hash map, whose order has no meaning. */
final class Queries {

    private static final Comparator<Query> USERS_OWN_FIRST = Comparator.comparing(
                    (Query query) -> !query.text().equals(userText(query)))
            .thenComparing(Query::text)
            .thenComparing(query -> String.valueOf(query.metadata()));

    private Queries() {}

    /** Returns the queries with the user's own first, then by text. */
    static List<Query> inOrder(Collection<Query> queries) {
        return queries.size() < 2
                ? List.copyOf(queries)
                : queries.stream().sorted(USERS_OWN_FIRST).toList();
    }

    /** Returns the user's message before any transformer changed it; null if the query does not carry it. */
    static @Nullable String userText(Query query) {
        if (query.metadata() == null || !(query.metadata().chatMessage() instanceof UserMessage message)) {
            return null;
        }
        String text = message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
        return text.isBlank() ? null : text;
    }
}
