package dev.langchain4j.rerank.benchmarks.quality;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;

/**
 * A way to rerank.
 *
 * @param name as the table and the chart have it
 * @param depth how many of the first candidates the model gets; the others stay behind them as they are
 */
record Way(String name, int depth, ScoringModel model) {

    /** Whether all its scores are logits, which can be compared with another's. */
    boolean answersLogits() {
        return model instanceof ScaledScoringModel scaled
                && scaled.scoreScale() == ScoreScale.LOGIT
                && !scaled.listwise();
    }
}
