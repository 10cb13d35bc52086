package dev.langchain4j.rerank;

/** The meaning of the scores of a scoring model. Higher is always more relevant. */
public enum ScoreScale {

    /** Log-odds of relevance, any finite number; 0 is even odds. The sigmoid turns it into {@link #PROBABILITY}. */
    LOGIT,

    /** From 0 to 1. Comparable between queries as far as the model is calibrated; not a percentage of correctness. */
    PROBABILITY,

    /** Any finite number; only the order within one call is meaningful. */
    RELATIVE
}
