package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A choice of the one query that all contents are scored against. */
@FunctionalInterface
public interface QuerySelector extends Function<Map<Query, Collection<List<Content>>>, Query> {

    /**
     * Selects the user's message from the metadata of the queries, whether or not a transformer kept it among them. A
     * query without metadata is used as it is if it is the only one.
     *
     * <p>The selector throws {@link IllegalArgumentException} if there are several queries and none carries the user's
     * message.
     */
    static QuerySelector originalUserMessage() {
        return queryToContents -> {
            List<Query> queries = Queries.inOrder(queryToContents.keySet());
            for (Query query : queries) {
                String text = Queries.userText(query);
                if (text != null) {
                    return Query.from(text, query.metadata());
                }
            }
            if (queries.size() != 1) {
                throw new IllegalArgumentException(
                        "none of the %d queries carries the user's message in its metadata; select one by another rule"
                                .formatted(queries.size()));
            }
            return queries.get(0);
        };
    }
}
