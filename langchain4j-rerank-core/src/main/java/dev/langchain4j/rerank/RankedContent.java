package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A candidate of a {@link Ranking} with its retrieval rank, scores, final rank and, if it was dropped, the reason.
 * Immutable. Two instances are equal only if they are the same object.
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
     * Created on demand, as most candidates are dropped and never read. Two threads may both create it; the two are
     * equal and immutable, so it does not matter which one stays.
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
     * The content with all metadata of the retrieved content. {@code RERANKED_SCORE} is {@link #score()} if the content
     * was scored, and absent if it was not.
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

    /** Rank in the fused order of the retrievers, from 1. */
    public int retrievalRank() {
        return retrievalRank;
    }

    /** Rank by score, from 1; contents without a score come after all others. */
    public int rank() {
        return rank;
    }

    /** The raw score of the model, the best over the queries that found the content; null if it was not scored. */
    public @Nullable Double rawScore() {
        return rawScore;
    }

    /** The reported score: raw, normalised and combined; null if the content was not scored. */
    public @Nullable Double score() {
        return score;
    }

    /** Details of the score: whether the content was scored, by which stage, best window and truncation. */
    public ScoreDetail detail() {
        return detail;
    }

    /** The reason for dropping it, for instance {@code below minimum score 0.3}; null if it was kept. */
    public @Nullable String dropReason() {
        return dropReason;
    }

    /** Returns one line with rank, retrieval rank, score and reason, without the text. */
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
