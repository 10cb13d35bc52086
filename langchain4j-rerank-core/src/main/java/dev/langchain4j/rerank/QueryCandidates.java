package dev.langchain4j.rerank;

import dev.langchain4j.rag.query.Query;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that one query is scored with.
 *
 * @param query the text of the query
 * @param indexes indexes of the candidates in the {@link Shortlist}, ascending, so that the first found are scored first
 */
record QueryCandidates(String query, List<Integer> indexes) {

    QueryCandidates {
        indexes = List.copyOf(indexes);
    }

    /**
     * Pairs queries and candidates.
     *
     * @param selected the query that every candidate is scored against; null to score each candidate against the queries
     *     that found it. Queries with the same text count as one
     */
    static List<QueryCandidates> of(Retrieval retrieval, Shortlist shortlist, @Nullable Query selected) {
        if (selected != null) {
            return List.of(new QueryCandidates(
                    selected.text(),
                    IntStream.range(0, shortlist.size()).boxed().toList()));
        }
        Map<String, Set<Integer>> numbersByText = new LinkedHashMap<>();
        for (int number = 0; number < retrieval.queries().size(); number++) {
            numbersByText
                    .computeIfAbsent(retrieval.queries().get(number).text(), text -> new HashSet<>())
                    .add(number);
        }
        return numbersByText.entrySet().stream()
                .map(entry -> new QueryCandidates(entry.getKey(), foundBy(entry.getValue(), shortlist)))
                .filter(query -> !query.indexes().isEmpty())
                .toList();
    }

    private static List<Integer> foundBy(Set<Integer> queries, Shortlist shortlist) {
        return IntStream.range(0, shortlist.size())
                .filter(index ->
                        !Collections.disjoint(shortlist.candidate(index).foundBy(), queries))
                .boxed()
                .toList();
    }
}
