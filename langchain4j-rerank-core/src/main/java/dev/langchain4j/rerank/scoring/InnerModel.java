package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import org.jspecify.annotations.Nullable;

/**
 * A model inside a composed one, with what it says about its scores.
 *
 * @param role how messages call the model
 */
record InnerModel(String role, ScoringModel model, ScoreScale scale, boolean listwise) {

    static InnerModel of(@Nullable ScoringModel model, String role) {
        if (model == null) {
            throw new IllegalArgumentException("%s is null: give a scoring model".formatted(role));
        }
        return model instanceof ScaledScoringModel scaled
                ? new InnerModel(role, model, scaled.scoreScale(), scaled.listwise())
                : new InnerModel(role, model, ScoreScale.RELATIVE, false);
    }

    /** Refuses a model whose scores depend on the other texts of a call. */
    InnerModel pointwise(String done, String instead) {
        if (listwise) {
            throw new IllegalStateException(
                    "%s is listwise: its scores depend on all texts of a call, so it cannot be %s; %s"
                            .formatted(name(), done, instead));
        }
        return this;
    }

    String name() {
        return model.getClass().getSimpleName();
    }
}
