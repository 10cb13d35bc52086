package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * Contextual AI's rerank, <a href="https://docs.contextual.ai/api-reference/rerank/rerank">docs.contextual.ai</a>. It
 * follows an {@code instruction} given as parameter. At most 400,000 tokens per request, 8,000 of them for query,
 * instruction and one document.
 */
final class ContextualProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "Contextual";
    }

    @Override
    public String defaultUrl() {
        return "https://api.contextual.ai/v1/rerank";
    }

    @Override
    public String defaultModel() {
        return "ctxl-rerank-v2-instruct-multilingual";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("CONTEXTUAL_API_KEY");
    }

    @Override
    public Limits limits() {
        return Limits.none().withTokens(400_000);
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
}
