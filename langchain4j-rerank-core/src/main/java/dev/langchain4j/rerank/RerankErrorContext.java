package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.Map;

/** A reranking that has ended without a ranking. */
public final class RerankErrorContext {

    private final RerankRequestContext request;
    private final Throwable error;
    private final Duration duration;

    RerankErrorContext(RerankRequestContext request, Throwable error, Duration duration) {
        this.request = request;
        this.error = error;
        this.duration = duration;
    }

    /** What {@link RerankListener#onRequest} was given. */
    public RerankRequestContext request() {
        return request;
    }

    /** What the caller gets; a {@link java.util.concurrent.CancellationException} if the caller has cancelled. */
    public Throwable error() {
        return error;
    }

    /** From the call of the aggregator to the error. */
    public Duration duration() {
        return duration;
    }

    /** The map of the request. */
    public Map<Object, Object> attributes() {
        return request.attributes();
    }
}
