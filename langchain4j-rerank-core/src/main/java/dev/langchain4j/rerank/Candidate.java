package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A content that retrievers found, once, however often they found it.
 *
 * @param content with what every finding tells in its metadata
 * @param retrievalScore the highest score that a retriever gave it; null if none gave one
 * @param foundBy numbers of the queries that found it
 */
record Candidate(Content content, @Nullable Double retrievalScore, BitSet foundBy) {

    /** A content found for the first time. */
    static Candidate found(Content content, @Nullable Double score, int query) {
        BitSet foundBy = new BitSet();
        foundBy.set(query);
        return new Candidate(content, score, foundBy);
    }

    /**
     * The same content found again. Score and embedding id belong together: both are those of the finding with the higher
     * score. What only the other tells is added.
     */
    Candidate foundAgain(Content again, @Nullable Double score, int query) {
        foundBy.set(query);
        boolean higher = score != null && (retrievalScore == null || score > retrievalScore);
        return higher
                ? new Candidate(withMissing(again, content), score, foundBy)
                : new Candidate(withMissing(content, again), retrievalScore, foundBy);
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
