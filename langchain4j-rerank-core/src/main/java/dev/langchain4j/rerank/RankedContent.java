package dev.langchain4j.rerank;

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

    private final Content content;
    private final int retrievalRank;
    private final int rank;
    private final @Nullable Double rawScore;
    private final @Nullable Double score;
    private final ScoreDetail detail;
    private final @Nullable String dropReason;

    private RankedContent(
            Content content,
            int retrievalRank,
            int rank,
            @Nullable Double rawScore,
            @Nullable Double score,
            ScoreDetail detail,
            @Nullable String dropReason) {
        this.content = content;
        this.retrievalRank = retrievalRank;
        this.rank = rank;
        this.rawScore = rawScore;
        this.score = score;
        this.detail = detail;
        this.dropReason = dropReason;
    }

    /** A content that was scored; {@code RERANKED_SCORE} is put into its metadata. */
    static RankedContent scored(
            Content content, int retrievalRank, int rank, double rawScore, double score, ScoreDetail detail) {
        Map<ContentMetadata, Object> metadata = new EnumMap<>(ContentMetadata.class);
        metadata.putAll(content.metadata());
        metadata.put(ContentMetadata.RERANKED_SCORE, score);
        return new RankedContent(
                Content.from(content.textSegment(), metadata), retrievalRank, rank, rawScore, score, detail, null);
    }

    /** A content that was not scored; one that a reranker before us scored loses that {@code RERANKED_SCORE}. */
    static RankedContent unscored(Content content, int retrievalRank, int rank, ScoreDetail detail) {
        if (!content.metadata().containsKey(ContentMetadata.RERANKED_SCORE)) {
            return new RankedContent(content, retrievalRank, rank, null, null, detail, null);
        }
        Map<ContentMetadata, Object> metadata = new EnumMap<>(ContentMetadata.class);
        metadata.putAll(content.metadata());
        metadata.remove(ContentMetadata.RERANKED_SCORE);
        return new RankedContent(
                Content.from(content.textSegment(), metadata), retrievalRank, rank, null, null, detail, null);
    }

    RankedContent withDropReason(@Nullable String reason) {
        return new RankedContent(content, retrievalRank, rank, rawScore, score, detail, reason);
    }

    /** The content with all metadata that came in; {@code RERANKED_SCORE} holds {@link #score()} if it was scored. */
    public Content content() {
        return content;
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
