package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A retrieved content, once, however often retrievers found it.
 *
 * @param content with the metadata of every finding
 * @param retrievalScore the highest score that a retriever gave it; null if none gave one
 * @param foundBy numbers of the queries that found it
 */
record Candidate(Content content, @Nullable Double retrievalScore, Set<Integer> foundBy) {

    Candidate {
        foundBy = Set.copyOf(foundBy);
    }

    /**
     * This candidate and the same content found again. Score and embedding id belong together: both are those of the
     * finding with the higher score. Metadata that only the other has is added.
     */
    Candidate merge(Candidate again) {
        Double score = again.retrievalScore;
        boolean higher = score != null && (retrievalScore == null || score > retrievalScore);
        Candidate better = higher ? again : this;
        return new Candidate(
                withMissing(better.content, higher ? content : again.content), better.retrievalScore, union(again));
    }

    /** This candidate, found by the queries of another, too. */
    Candidate alsoFoundBy(Candidate other) {
        return new Candidate(content, retrievalScore, union(other));
    }

    private Set<Integer> union(Candidate other) {
        if (foundBy.containsAll(other.foundBy)) {
            return foundBy;
        }
        Set<Integer> union = new HashSet<>(foundBy);
        union.addAll(other.foundBy);
        return union;
    }

    static @Nullable Double retrievalScore(Content content) {
        return content.metadata().get(ContentMetadata.SCORE) instanceof Number score ? score.doubleValue() : null;
    }

    private static Content withMissing(Content content, Content other) {
        if (content.metadata().keySet().containsAll(other.metadata().keySet())) {
            return content;
        }
        Map<ContentMetadata, Object> metadata = new EnumMap<>(ContentMetadata.class);
        metadata.putAll(other.metadata());
        metadata.putAll(content.metadata());
        return Content.from(content.textSegment(), metadata);
    }
}
