package dev.langchain4j.rerank.benchmarks.quality;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;

/**
 * A way to rerank.
 *
 * @param name its name in the table and the chart
 * @param depth number of first candidates that the model scores; the others follow in retrieval order
 */
record Way(String name, int depth, ScoringModel model) {

    /** Returns whether all its scores are logits, which can be compared with those of other models. */
    boolean answersLogits() {
        return model instanceof ScaledScoringModel scaled
                && scaled.scoreScale() == ScoreScale.LOGIT
                && !scaled.listwise();
    }
}
