package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;

/**
 * A reranker that a visitor can choose.
 *
 * @param id its id in URLs
 * @param label its name on the page
 * @param maxTokens maximum number of tokens of query and passage; 0 if it is not known
 */
record RerankerChoice(String id, String label, ScoringModel model, int maxTokens) {

    ScoreScale scale() {
        return model instanceof ScaledScoringModel scaled ? scaled.scoreScale() : ScoreScale.RELATIVE;
    }
}
