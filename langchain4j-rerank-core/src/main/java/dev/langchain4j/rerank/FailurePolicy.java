package dev.langchain4j.rerank;

/** The reaction of an aggregator to a model that fails or misses the deadline. */
public enum FailurePolicy {

    /** The caller gets the model's exception, or LangChain4j's {@code TimeoutException} at the deadline. */
    THROW,

    /**
     * The caller gets an answer in any case. Scored candidates come first, by score; the others follow in retrieval
     * order, without a score and exempt from every threshold. {@link Ranking#degraded()} is {@code true}, and a warning
     * is logged.
     */
    KEEP_RETRIEVAL_ORDER
}
