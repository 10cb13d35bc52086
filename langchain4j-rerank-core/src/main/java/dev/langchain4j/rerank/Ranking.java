package dev.langchain4j.rerank;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of reranking, with the story of every candidate that came in. Immutable.
 *
 * <p>{@link #toString()} is a table to look at; it holds the beginning of each text.
 */
public final class Ranking {

    private final String query;
    private final List<RankedContent> kept;
    private final List<RankedContent> dropped;
    private final boolean degraded;
    private final @Nullable Throwable degradedBy;
    private final @Nullable ScoringTimes times;

    Ranking(
            String query,
            List<RankedContent> kept,
            List<RankedContent> dropped,
            boolean degraded,
            @Nullable Throwable degradedBy,
            @Nullable ScoringTimes times) {
        this.query = query;
        this.kept = List.copyOf(kept);
        this.dropped = List.copyOf(dropped);
        this.degraded = degraded;
        this.degradedBy = degradedBy;
        this.times = times;
    }

    /** The ranking of nothing. */
    static Ranking empty() {
        return new Ranking("", List.of(), List.of(), false, null, null);
    }

    /**
     * The query that the contents were ranked for; with several, the user's own if it is among them, else the first by
     * text. Empty if there was none.
     */
    public String query() {
        return query;
    }

    /** What is handed on, in the order in which it is; unmodifiable. */
    public List<RankedContent> kept() {
        return kept;
    }

    /** What is not, by rank, each with its reason; unmodifiable. */
    public List<RankedContent> dropped() {
        return dropped;
    }

    /**
     * Whether this is less than what was asked for: a candidate that should have been scored was not, or not against
     * every query that found it, or a selection step failed and was left out.
     */
    public boolean degraded() {
        return degraded;
    }

    /**
     * What degraded it: the model's exception, LangChain4j's {@code TimeoutException} at the deadline, the exception of a
     * selection step. Null if it is not degraded, or if the model itself left texts unscored.
     */
    public @Nullable Throwable degradedBy() {
        return degradedBy;
    }

    /**
     * Where the time of scoring went: the sum over the calls of the model that told it, which may be more than the ranking
     * took, as several queries are scored at the same time under a timeout or without a waiting caller. Null if the model
     * told nothing, as it need not of a call that was cut short.
     */
    public @Nullable ScoringTimes times() {
        return times;
    }

    @Override
    public String toString() {
        return RankingTable.of(this);
    }
}
