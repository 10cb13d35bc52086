package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;

/**
 * Cohere's v2 rerank, <a href="https://docs.cohere.com/reference/rerank">docs.cohere.com/reference/rerank</a>. The hard
 * limit is 10,000 documents; 1,000 are recommended.
 */
final class CohereProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "Cohere";
    }

    @Override
    public String defaultUrl() {
        return "https://api.cohere.com/v2/rerank";
    }

    @Override
    public String defaultModel() {
        return "rerank-v4.0-pro";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("CO_API_KEY", "COHERE_API_KEY");
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(1000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "relevance_score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    /** Search units are billed, tokens are not counted in the usual answer. */
    @Override
    public Usage usage(JsonNode answer) {
        JsonNode meta = answer.path("meta");
        return Usage.none()
                .withTokens(meta.path("tokens").path("input_tokens"))
                .withBilled("search_units", meta.path("billed_units").path("search_units"));
    }
}
