package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * The native route of Alibaba's DashScope (Model Studio), for {@code gte-rerank-v2} and {@code qwen3-vl-rerank},
 * <a href="https://www.alibabacloud.com/help/en/model-studio/text-rerank-api">alibabacloud.com</a>. The user's
 * parameters go into {@code parameters}.
 */
final class DashScopeNativeProtocol implements RerankProtocol {

    private final String model;

    DashScopeNativeProtocol(String model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "DashScope";
    }

    @Override
    public String defaultUrl() {
        return "https://dashscope.aliyuncs.com/api/v1/services/rerank/text-rerank/text-rerank";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("DASHSCOPE_API_KEY");
    }

    @Override
    public Limits limits() {
        boolean gte = model.startsWith("gte-rerank");
        return gte
                ? Limits.ofDocuments(500).withTokens(30_000)
                : Limits.ofDocuments(100).withTokens(120_000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", model);
        ObjectNode input = body.putObject("input").put("query", request.query());
        request.documents().forEach(input.putArray("documents")::add);
        body.putObject("parameters").put("top_n", request.documents().size()).put("return_documents", false);
    }

    @Override
    public ObjectNode parameters(ObjectNode body) {
        return body.withObjectProperty("parameters");
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("output").path("results"), "relevance_score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return DashScopeProtocol.kind(status, error);
    }
}
