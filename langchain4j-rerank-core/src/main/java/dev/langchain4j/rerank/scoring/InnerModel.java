package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.ModelResponse;
import org.jspecify.annotations.Nullable;

/**
 * A model inside a composed model, with the meaning of its scores.
 *
 * @param role name of the model in messages
 * @param scale {@link ScoreScale#RELATIVE} if the model does not declare one
 */
record InnerModel(String role, ScoringModel model, ScoreScale scale, boolean listwise) {

    /**
     * Reads scale and listwise from a model.
     *
     * @param option of the builder, for the exception if the model is null
     */
    static InnerModel of(@Nullable ScoringModel model, String role, String option) {
        if (model == null) {
            throw new InvalidOptionException(option, "%s is null: pass a scoring model".formatted(role));
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
                            .formatted(ModelResponse.nameOf(model), done, instead));
        }
        return this;
    }
}
