package dev.langchain4j.rerank;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents that one retriever found for one query, as numbers of candidates.
 *
 * @param query number of the query, from 0: the user's own first, then by text
 * @param retriever index of the list among those of its query, from 0
 * @param hits best first; a candidate that the retriever returned twice occurs once, at its first position
 */
public record RetrievedList(int query, int retriever, List<Hit> hits) {

    public RetrievedList {
        hits = List.copyOf(hits);
    }

    /**
     * A candidate in a list.
     *
     * @param candidate number of the candidate, from 0, in the order in which candidates were first seen
     * @param score the retriever's score ({@code ContentMetadata.SCORE}); null if it gave none
     */
    public record Hit(int candidate, @Nullable Double score) {}
}
