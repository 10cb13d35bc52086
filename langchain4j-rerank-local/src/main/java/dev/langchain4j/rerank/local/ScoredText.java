package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreDetail;

/**
 * What a model found out about one text of a call.
 *
 * @param place of the text in the list that was given, from 0
 * @param score finite, on the model's scale
 * @param truncated whether the model read only the beginning of the text or of the query
 * @param tokens that it read, special tokens included
 */
record ScoredText(int place, double score, boolean truncated, int tokens) {

    private static final ScoreDetail TRUNCATED = new ScoreDetail(true, ScoreDetail.SCORED, null, true);

    ScoreDetail detail() {
        return truncated ? TRUNCATED : ScoreDetail.ofScored();
    }
}
