package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.Map;

/** A reranking that has ended with a ranking. */
public final class RerankResponseContext {

    private final RerankRequestContext request;
    private final Ranking ranking;
    private final Duration duration;

    RerankResponseContext(RerankRequestContext request, Ranking ranking, Duration duration) {
        this.request = request;
        this.ranking = ranking;
        this.duration = duration;
    }

    /** What {@link RerankListener#onRequest} was given. */
    public RerankRequestContext request() {
        return request;
    }

    /** The ranking, with the story of every candidate. */
    public Ranking ranking() {
        return ranking;
    }

    /** From the call of the aggregator to the ranking. */
    public Duration duration() {
        return duration;
    }

    /** The map of the request. */
    public Map<Object, Object> attributes() {
        return request.attributes();
    }
}
