package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * Together AI's rerank, <a href="https://docs.together.ai/docs/rerank-overview">docs.together.ai</a>. Models run on
 * dedicated endpoints, so no default works for everybody. Fields that the service does not know are refused.
 */
final class TogetherProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "Together";
    }

    @Override
    public String defaultUrl() {
        return "https://api.together.xyz/v1/rerank";
    }

    @Override
    public boolean modelRequired() {
        return true;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("TOGETHER_API_KEY");
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
        body.put("return_documents", false);
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
