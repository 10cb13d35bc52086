package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.ScoreScale;

/** What turns a cross-encoder's logit into the score that is reported. */
public enum Activation {

    /**
     * What the model's {@code config.json} asks for, as sentence-transformers reads it: {@code activation_fn} of its
     * {@code sentence_transformers} entry, or the older {@code sbert_ce_default_activation_function}; where neither is
     * set, {@link #SIGMOID} for a model of one label and {@link #NONE} for others. Without a {@code config.json} it is
     * {@link #NONE}.
     */
    MODEL_DEFAULT,

    /** The logistic function 1 / (1 + e^-x): scores are PROBABILITY, from 0 to 1. */
    SIGMOID,

    /** The logit as it is: scores are LOGIT, any finite number. */
    NONE;

    /** What its scores mean. */
    ScoreScale scale() {
        return this == SIGMOID ? ScoreScale.PROBABILITY : ScoreScale.LOGIT;
    }
}
