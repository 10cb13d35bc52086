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
 * OpenRouter's rerank, <a href="https://openrouter.ai/docs">openrouter.ai/docs</a>: other services' models under one
 * key, {@code cohere/rerank-v3.5} for instance. The limit is the lowest of those services; the meaning of a score depends
 * on the model.
 */
final class OpenRouterProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "OpenRouter";
    }

    @Override
    public String defaultUrl() {
        return "https://openrouter.ai/api/v1/rerank";
    }

    @Override
    public boolean modelRequired() {
        return true;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("OPENROUTER_API_KEY");
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
        return ScoreScale.RELATIVE;
    }

    @Override
    public Usage usage(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        return Usage.ofTokens(usage)
                .withBilled("search_units", usage.path("search_units"))
                .withBilled("cost", usage.path("cost"));
    }
}
