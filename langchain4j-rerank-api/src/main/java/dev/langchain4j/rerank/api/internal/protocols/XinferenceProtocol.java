package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;

/**
 * Xinference's rerank, <a href="https://inference.readthedocs.io">inference.readthedocs.io</a>. The model is the uid it
 * was launched under; the meaning of a score depends on it.
 */
final class XinferenceProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "Xinference";
    }

    @Override
    public String defaultUrl() {
        return "http://localhost:9997/v1/rerank";
    }

    @Override
    public boolean modelRequired() {
        return true;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer().optional();
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
        body.put("return_documents", false);
        body.put("return_len", false);
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
        return Usage.none().withTokens(answer.path("meta").path("tokens").path("input_tokens"));
    }
}
