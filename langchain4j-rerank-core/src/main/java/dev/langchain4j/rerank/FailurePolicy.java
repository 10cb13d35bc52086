package dev.langchain4j.rerank;

/** What an aggregator does when a model fails, or is not done in time. */
public enum FailurePolicy {

    /** The caller gets the model's exception, or LangChain4j's {@code TimeoutException} at the deadline. */
    THROW,

    /**
     * The caller gets an answer in any case. What was scored comes first, by score; the rest follows in retrieval order,
     * without a score and exempt from every threshold. {@link Ranking#degraded()} says so, and a warning is logged.
     */
    KEEP_RETRIEVAL_ORDER
}
