package dev.langchain4j.rerank;

/**
 * A listener that is notified of every reranking of a {@link RerankingContentAggregator} that had candidates. After
 * {@link #onRequest}, exactly one of the other two methods is called.
 *
 * <p>{@code onRequest} runs on the caller's thread, the others on the thread on which the reranking ends. All delay it,
 * so they should be quick. An exception that a listener throws is logged and not propagated. Implementations are
 * thread-safe.
 */
public interface RerankListener {

    /** Called before the model is called. */
    default void onRequest(RerankRequestContext context) {}

    /** Called when there is a ranking; it may be {@linkplain Ranking#degraded() degraded}. */
    default void onResponse(RerankResponseContext context) {}

    /** Called when there is no ranking: the caller gets the exception, or has cancelled. */
    default void onError(RerankErrorContext context) {}
}
