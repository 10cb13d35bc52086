package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.Map;

/** The event of a reranking that ended with a ranking. */
public final class RerankResponseContext {

    private final RerankRequestContext request;
    private final Ranking ranking;
    private final Duration duration;

    RerankResponseContext(RerankRequestContext request, Ranking ranking, Duration duration) {
        this.request = request;
        this.ranking = ranking;
        this.duration = duration;
    }

    /** The request that {@link RerankListener#onRequest} received. */
    public RerankRequestContext request() {
        return request;
    }

    /** The ranking, with every candidate. */
    public Ranking ranking() {
        return ranking;
    }

    /** The time from the call of the aggregator to the ranking. */
    public Duration duration() {
        return duration;
    }

    /** The attributes of the request. */
    public Map<Object, Object> attributes() {
        return request.attributes();
    }
}
