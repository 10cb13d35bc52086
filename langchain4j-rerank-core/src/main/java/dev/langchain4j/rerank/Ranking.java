package dev.langchain4j.rerank;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a reranking: every retrieved candidate, kept or dropped, with its scores, ranks and reasons. Immutable.
 *
 * <p>{@link #toString()} returns a table for people; it contains the beginning of each text.
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

    /** Returns the ranking of an empty retrieval. */
    static Ranking empty() {
        return new Ranking("", List.of(), List.of(), false, null, null);
    }

    /**
     * The query that the contents were ranked for. With several queries, the user's own if it is among them, otherwise
     * the first by text. Empty if there was none.
     */
    public String query() {
        return query;
    }

    /** The contents that are passed on, in that order; unmodifiable. */
    public List<RankedContent> kept() {
        return kept;
    }

    /** The contents that are not passed on, by rank, each with its reason; unmodifiable. */
    public List<RankedContent> dropped() {
        return dropped;
    }

    /**
     * Whether the ranking is incomplete: a candidate that should have been scored was not, or not against every query
     * that found it, or a selection step failed and was skipped.
     */
    public boolean degraded() {
        return degraded;
    }

    /**
     * The failure that degraded the ranking: the model's exception, LangChain4j's {@code TimeoutException} at the
     * deadline, or the exception of a selection step. Null if the ranking is not degraded, or if the model itself left
     * texts unscored.
     */
    public @Nullable Throwable degradedBy() {
        return degradedBy;
    }

    /**
     * The timing breakdown of scoring, summed over the calls for which the model reported it. The sum may exceed the
     * duration of the ranking, because several queries are scored at the same time under a timeout or in an async call.
     * Null if the model reported none; it need not report calls that were cut short.
     */
    public @Nullable ScoringTimes times() {
        return times;
    }

    @Override
    public String toString() {
        return RankingTable.of(this);
    }
}
