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
 * @param foundBy numbers of the queries that found it
 */
record Candidate(Content content, BitSet foundBy) {

    /** The same content found again. */
    Candidate foundAgain(Content again, int query) {
        foundBy.set(query);
        return new Candidate(merge(content, again), foundBy);
    }

    @Nullable
    Double retrievalScore() {
        return retrievalScore(content);
    }

    static @Nullable Double retrievalScore(Content content) {
        return content.metadata().get(ContentMetadata.SCORE) instanceof Number score ? score.doubleValue() : null;
    }

    /**
     * One content for two of the same segment. Score and embedding id belong together: both are those of the finding with
     * the higher score. What only the other tells is added.
     */
    private static Content merge(Content first, Content second) {
        Content best = scoresHigher(second, first) ? second : first;
        Content rest = best == first ? second : first;
        if (best.metadata().keySet().containsAll(rest.metadata().keySet())) {
            return best;
        }
        Map<ContentMetadata, Object> metadata = new EnumMap<>(ContentMetadata.class);
        metadata.putAll(rest.metadata());
        metadata.putAll(best.metadata());
        return Content.from(best.textSegment(), metadata);
    }

    private static boolean scoresHigher(Content content, Content other) {
        Double score = retrievalScore(content);
        Double otherScore = retrievalScore(other);
        return score != null && (otherScore == null || score > otherScore);
    }
}
