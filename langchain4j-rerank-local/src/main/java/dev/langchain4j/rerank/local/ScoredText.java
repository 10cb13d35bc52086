package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreDetail;

/**
 * What a model found out about one text of a call.
 *
 * @param index of the text in the list that was given, from 0
 * @param score finite, on the model's scale
 * @param detail what else is known of it
 * @param tokens that the model read, special tokens included
 */
record ScoredText(int index, double score, ScoreDetail detail, int tokens) {

    private static final ScoreDetail TRUNCATED = new ScoreDetail(true, ScoreDetail.SCORED, null, true);

    /** A text of which the model read all, or, truncated, only the beginning of it or of the query. */
    ScoredText(int index, double score, boolean truncated, int tokens) {
        this(index, score, truncated ? TRUNCATED : ScoreDetail.ofScored(), tokens);
    }

    /** A text that the model did not read, with a score behind those of all that it did. */
    static ScoredText unread(int index, double score) {
        return new ScoredText(index, score, ScoreDetail.ofRetrieval(), 0);
    }
}
