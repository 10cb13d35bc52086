package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;

/**
 * A reranker that a visitor can choose.
 *
 * @param id in the URL
 * @param label what the page calls it
 * @param maxTokens of query and passage that it reads; 0 if nobody says
 */
record RerankerChoice(String id, String label, ScoringModel model, int maxTokens) {

    ScoreScale scale() {
        return model instanceof ScaledScoringModel scaled ? scaled.scoreScale() : ScoreScale.RELATIVE;
    }
}
