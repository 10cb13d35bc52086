package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreDetail;

/**
 * The result of one text of a call.
 *
 * @param index index of the text in the list that was passed, from 0
 * @param score finite, on the model's scale
 * @param detail stage, window and truncation
 * @param tokens number of tokens that the model read, special tokens included
 */
record ScoredText(int index, double score, ScoreDetail detail, int tokens) {

    private static final ScoreDetail TRUNCATED = new ScoreDetail(true, ScoreDetail.SCORED, null, true);

    /**
     * Creates the result of a text that the model read completely or, if truncated, only the beginning of it or of the
     * query.
     */
    ScoredText(int index, double score, boolean truncated, int tokens) {
        this(index, score, truncated ? TRUNCATED : ScoreDetail.ofScored(), tokens);
    }

    /** Returns the result of a text that the model did not read, with a score below those of all texts that it did. */
    static ScoredText unread(int index, double score) {
        return new ScoredText(index, score, ScoreDetail.ofRetrieval(), 0);
    }
}
