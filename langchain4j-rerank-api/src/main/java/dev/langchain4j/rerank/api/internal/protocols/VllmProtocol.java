package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * vLLM's rerank, <a href="https://docs.vllm.ai/en/latest/models/pooling_models/scoring">docs.vllm.ai</a>, and every
 * server with the flat requests of Cohere and Jina and no fields of its own. The texts always come back. A text
 * over the model's length is refused unless {@code truncate_prompt_tokens} is given as parameter.
 */
final class VllmProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "vLLM";
    }

    @Override
    public String defaultUrl() {
        return "http://localhost:8000/v1/rerank";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("VLLM_API_KEY").optional();
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        if (request.modelName() != null) {
            body.put("model", request.modelName());
        }
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "relevance_score");
    }

    /** The server applies the sigmoid for cross-encoders, unless {@code use_activation} is false. */
    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }
}
