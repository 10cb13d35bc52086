package dev.langchain4j.rerank;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.internal.DeclaredScaleModel;

/** A scoring model that declares the meaning of its scores. Every model of this library is one. */
public interface ScaledScoringModel extends ScoringModel {

    /** Returns the scale of all scores of this model. It never changes. */
    ScoreScale scoreScale();

    /**
     * Whether a score depends on the other texts of the call. Such a model needs the whole list in one call: it is
     * never split, windowed or cached. Default {@code false}.
     */
    default boolean listwise() {
        return false;
    }

    /**
     * Declares the scale of a model that does not declare it itself. The returned model passes every call on, and is
     * {@linkplain ProgressiveScoringModel#progressive() progressive} if {@code model} is.
     *
     * @param model any scoring model; not owned, not closed
     * @param scale the meaning of its scores
     * @throws InvalidOptionException if one of them is null
     */
    static ScaledScoringModel of(ScoringModel model, ScoreScale scale) {
        return new DeclaredScaleModel(model, scale);
    }
}
