package dev.langchain4j.rerank;

import dev.langchain4j.rag.query.Query;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one query is to be scored with.
 *
 * @param query the text of the query
 * @param places places of its candidates in the {@link Shortlist}, ascending, so that the first found are scored first
 */
record QueryPlaces(String query, List<Integer> places) {

    QueryPlaces {
        places = List.copyOf(places);
    }

    /**
     * Pairs queries and candidates.
     *
     * @param selected the query that everything is scored against; null to score each candidate against the queries that
     *     found it. Queries of the same text are one
     */
    static List<QueryPlaces> of(Retrieval retrieval, Shortlist shortlist, @Nullable Query selected) {
        if (selected != null) {
            return List.of(new QueryPlaces(
                    selected.text(),
                    IntStream.range(0, shortlist.size()).boxed().toList()));
        }
        Map<String, BitSet> numbersByText = new LinkedHashMap<>();
        for (int number = 0; number < retrieval.queries().size(); number++) {
            numbersByText
                    .computeIfAbsent(retrieval.queries().get(number).text(), text -> new BitSet())
                    .set(number);
        }
        return numbersByText.entrySet().stream()
                .map(entry -> new QueryPlaces(entry.getKey(), placesFoundBy(entry.getValue(), shortlist)))
                .filter(query -> query.size() > 0)
                .toList();
    }

    private static List<Integer> placesFoundBy(BitSet queries, Shortlist shortlist) {
        return IntStream.range(0, shortlist.size())
                .filter(place -> shortlist.candidate(place).foundBy().intersects(queries))
                .boxed()
                .toList();
    }

    int size() {
        return places.size();
    }
}
