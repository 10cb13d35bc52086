package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.Map;

/** The event of a reranking that ended without a ranking. */
public final class RerankErrorContext {

    private final RerankRequestContext request;
    private final Throwable error;
    private final Duration duration;

    RerankErrorContext(RerankRequestContext request, Throwable error, Duration duration) {
        this.request = request;
        this.error = error;
        this.duration = duration;
    }

    /** The request that {@link RerankListener#onRequest} received. */
    public RerankRequestContext request() {
        return request;
    }

    /**
     * The exception that the caller gets; a {@link java.util.concurrent.CancellationException} if the caller cancelled.
     */
    public Throwable error() {
        return error;
    }

    /** The time from the call of the aggregator to the error. */
    public Duration duration() {
        return duration;
    }

    /** The attributes of the request. */
    public Map<Object, Object> attributes() {
        return request.attributes();
    }
}
