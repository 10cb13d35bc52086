package dev.langchain4j.rerank;

/**
 * Hears of every reranking of a {@link RerankingContentAggregator} that had candidates. After {@link #onRequest} exactly
 * one of the other two comes.
 *
 * <p>{@code onRequest} runs on the caller's thread, the others where the reranking ends; all hold it up, so they should be
 * quick. An exception that a listener throws is logged and goes no further. Implementations are thread-safe.
 */
public interface RerankListener {

    /** Before the model is called. */
    default void onRequest(RerankRequestContext context) {}

    /** When there is a ranking; it may be {@linkplain Ranking#degraded() degraded}. */
    default void onResponse(RerankResponseContext context) {}

    /** When there is none: the caller gets the exception, or has cancelled. */
    default void onError(RerankErrorContext context) {}
}
