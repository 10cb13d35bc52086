package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * Infinity's rerank, <a href="https://github.com/michaelfeil/infinity">github.com/michaelfeil/infinity</a>. Servers are
 * often started with a path prefix, which is then part of {@code baseUrl}.
 */
final class InfinityProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "Infinity";
    }

    @Override
    public String defaultUrl() {
        return "http://localhost:7997/rerank";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("INFINITY_API_KEY").optional();
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(2048);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        if (request.modelName() != null) {
            body.put("model", request.modelName());
        }
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
        body.put("return_documents", false);
        body.put("raw_scores", false);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "relevance_score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }
}
