package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreScale;

/** The function that converts a cross-encoder's logit into the reported score. */
public enum Activation {

    /**
     * The activation in the model's {@code config.json}, as sentence-transformers reads it: {@code activation_fn} of
     * its {@code sentence_transformers} entry, or the older {@code sbert_ce_default_activation_function}. If neither is
     * set, {@link #SIGMOID} for a model of one label and {@link #NONE} for others. Without a {@code config.json} it is
     * {@link #NONE}.
     */
    MODEL_DEFAULT,

    /** The logistic function 1 / (1 + e^-x): scores are PROBABILITY, from 0 to 1. */
    SIGMOID,

    /** The unchanged logit: scores are LOGIT, any finite number. */
    NONE;

    /** Returns the scale of the scores that it produces. */
    ScoreScale scale() {
        return this == SIGMOID ? ScoreScale.PROBABILITY : ScoreScale.LOGIT;
    }
}
