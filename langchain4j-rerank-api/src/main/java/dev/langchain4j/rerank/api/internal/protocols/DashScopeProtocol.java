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
import org.jspecify.annotations.Nullable;

/**
 * The compatible route of Alibaba's DashScope (Model Studio),
 * <a href="https://www.alibabacloud.com/help/en/model-studio/text-rerank-api">alibabacloud.com</a>. It has the models
 * {@code qwen3-rerank}; the others are on the native route. Singapore is {@code https://dashscope-intl.aliyuncs.com}.
 * Texts are cut, but not the 120,000 tokens of a request.
 */
final class DashScopeProtocol implements RerankProtocol {

    @Override
    public RerankProtocol forModel(@Nullable String modelName) {
        return modelName == null || modelName.startsWith("qwen3-rerank")
                ? this
                : new DashScopeNativeProtocol(modelName);
    }

    @Override
    public String name() {
        return "DashScope";
    }

    @Override
    public String defaultUrl() {
        return "https://dashscope.aliyuncs.com/compatible-api/v1/reranks";
    }

    @Override
    public String defaultModel() {
        return "qwen3-rerank";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("DASHSCOPE_API_KEY");
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(500).withTokens(120_000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
        body.put("top_n", request.documents().size());
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "relevance_score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return kind(status, error);
    }

    /** Returns the meaning of the error codes of both routes. */
    static ErrorKind kind(int status, ErrorDetails error) {
        String code = error.code() == null ? "" : error.code();
        return switch (code) {
            case "Arrearage" -> ErrorKind.BILLING;
            case "DataInspectionFailed" -> ErrorKind.CONTENT;
            case "Throttling.AllocationQuota" -> ErrorKind.QUOTA;
            default -> ErrorKind.of(status, error);
        };
    }
}
