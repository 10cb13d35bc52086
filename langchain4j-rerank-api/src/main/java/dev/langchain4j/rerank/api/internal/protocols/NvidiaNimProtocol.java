package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * NVIDIA NIM's rerank, <a href="https://docs.nvidia.com/nim/nemo-retriever/text-reranking/latest/">docs.nvidia.com</a>.
 * NVIDIA's own host has a path of its own for each model, so it is given as a whole URL. Long texts are cut, which is
 * not the server's default.
 */
final class NvidiaNimProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "NVIDIA NIM";
    }

    @Override
    public String defaultUrl() {
        return "http://localhost:8000/v1/ranking";
    }

    @Override
    public String defaultModel() {
        return "nvidia/llama-nemotron-rerank-1b-v2";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("NVIDIA_API_KEY", "NVIDIA_NIM_API_KEY").optional();
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(512);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.putObject("query").put("text", request.query());
        ArrayNode passages = body.putArray("passages");
        request.documents().forEach(text -> passages.addObject().put("text", text));
        body.put("truncate", "END");
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("rankings"), "logit");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.LOGIT;
    }
}
