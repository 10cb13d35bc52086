package dev.langchain4j.rerank;

/** What the numbers of a scoring model mean. Higher is always more relevant. */
public enum ScoreScale {

    /** Log-odds of relevance, any finite number; 0 is even odds. The sigmoid turns it into {@link #PROBABILITY}. */
    LOGIT,

    /** From 0 to 1. Comparable between queries as far as the model is calibrated; not a per cent of correctness. */
    PROBABILITY,

    /** Any finite number; only the order within one call means something. */
    RELATIVE
}
