package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;

/**
 * SiliconFlow's rerank,
 * <a href="https://docs.siliconflow.cn/cn/api-reference/rerank/create-rerank">docs.siliconflow.cn</a>; the
 * international host is {@code https://api.siliconflow.com}. Never send it vLLM's {@code truncate_prompt_tokens}: it
 * cuts the query off and the scores fall to zero.
 */
final class SiliconFlowProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "SiliconFlow";
    }

    @Override
    public String defaultUrl() {
        return "https://api.siliconflow.cn/v1/rerank";
    }

    @Override
    public String defaultModel() {
        return "Qwen/Qwen3-Reranker-8B";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("SILICONFLOW_API_KEY");
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

    /** The international host counts at the top, the other one in {@code meta}. */
    @Override
    public Usage usage(JsonNode answer) {
        JsonNode tokens = answer.has("tokens")
                ? answer.path("tokens")
                : answer.path("meta").path("tokens");
        return Usage.none().withTokens(tokens.path("input_tokens"));
    }
}
