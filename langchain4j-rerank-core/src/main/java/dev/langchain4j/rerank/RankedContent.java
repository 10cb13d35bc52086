package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A candidate of a {@link Ranking} with its whole story: where it came in, what it scored, where it ended, and why it
 * went if it did. Immutable. Two are equal only if they are the same object.
 */
public final class RankedContent {

    private final Content found;
    private final int retrievalRank;
    private final int rank;
    private final @Nullable Double rawScore;
    private final @Nullable Double score;
    private final ScoreDetail detail;
    private final @Nullable String dropReason;

    /**
     * Made when it is asked for, as most candidates are dropped and never looked at. Two threads may both make it; what
     * they make is equal and immutable, so that it does not matter whose stays.
     */
    private @Nullable Content content;

    private RankedContent(
            Content found,
            int retrievalRank,
            int rank,
            @Nullable Double rawScore,
            @Nullable Double score,
            ScoreDetail detail,
            @Nullable String dropReason) {
        this.found = found;
        this.retrievalRank = retrievalRank;
        this.rank = rank;
        this.rawScore = rawScore;
        this.score = score;
        this.detail = detail;
        this.dropReason = dropReason;
    }

    static RankedContent scored(
            Content found, int retrievalRank, int rank, double rawScore, double score, ScoreDetail detail) {
        return new RankedContent(found, retrievalRank, rank, rawScore, score, detail, null);
    }

    static RankedContent unscored(Content found, int retrievalRank, int rank, ScoreDetail detail) {
        return new RankedContent(found, retrievalRank, rank, null, null, detail, null);
    }

    RankedContent withDropReason(@Nullable String reason) {
        return new RankedContent(found, retrievalRank, rank, rawScore, score, detail, reason);
    }

    TextSegment segment() {
        return found.textSegment();
    }

    /**
     * The content with all metadata that came in; {@code RERANKED_SCORE} holds {@link #score()} if it was scored, and is
     * missing if it was not.
     */
    public Content content() {
        Content made = content;
        if (made == null) {
            made = withRerankedScore();
            content = made;
        }
        return made;
    }

    private Content withRerankedScore() {
        if (score == null && !found.metadata().containsKey(ContentMetadata.RERANKED_SCORE)) {
            return found;
        }
        Map<ContentMetadata, Object> metadata = new EnumMap<>(ContentMetadata.class);
        metadata.putAll(found.metadata());
        if (score == null) {
            metadata.remove(ContentMetadata.RERANKED_SCORE);
        } else {
            metadata.put(ContentMetadata.RERANKED_SCORE, score);
        }
        return Content.from(found.textSegment(), metadata);
    }

    /** Place in the fused order of the retrievers, from 1. */
    public int retrievalRank() {
        return retrievalRank;
    }

    /** Place in the order by score, from 1; contents that were not scored follow those that were. */
    public int rank() {
        return rank;
    }

    /** What the model said, the best over the queries that found the content; null if it was not scored. */
    public @Nullable Double rawScore() {
        return rawScore;
    }

    /** The reported score: raw, normalised and combined; null if the content was not scored. */
    public @Nullable Double score() {
        return score;
    }

    /** Whether and by which stage it was scored, and what the model told besides. */
    public ScoreDetail detail() {
        return detail;
    }

    /** Why it was dropped, for instance {@code below minimum score 0.3}; null if it was kept. */
    public @Nullable String dropReason() {
        return dropReason;
    }

    /** One line: rank, retrieval rank, score and reason, without the text. */
    @Override
    public String toString() {
        return "#%d (was #%d), %s%s"
                .formatted(
                        rank,
                        retrievalRank,
                        score == null ? "not scored" : "score " + score,
                        dropReason == null ? "" : ", dropped: " + dropReason);
    }
}
