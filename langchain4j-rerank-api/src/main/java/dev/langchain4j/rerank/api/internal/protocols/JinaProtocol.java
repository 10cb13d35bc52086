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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jina AI's rerank, <a href="https://api.jina.ai/redoc">api.jina.ai/redoc</a>. The v3 models read the whole list at
 * once; their scores are cosine-like. The number of documents of a request is not published; Jina's own tools stop at
 * 1,024.
 */
final class JinaProtocol implements RerankProtocol {

    private final String model;

    JinaProtocol() {
        this("jina-reranker-v3.5");
    }

    private JinaProtocol(String model) {
        this.model = model;
    }

    @Override
    public RerankProtocol forModel(@Nullable String modelName) {
        return modelName == null ? this : new JinaProtocol(modelName);
    }

    @Override
    public String name() {
        return "Jina";
    }

    @Override
    public String defaultUrl() {
        return "https://api.jina.ai/v1/rerank";
    }

    @Override
    public String defaultModel() {
        return model;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("JINA_API_KEY", "JINAAI_API_KEY");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Accept", "application/json");
    }

    @Override
    public Limits limits() {
        return listwise() ? Limits.none() : Limits.ofDocuments(1024);
    }

    @Override
    public boolean listwise() {
        return model.startsWith("jina-reranker-v3");
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", model);
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
        return model.matches("jina-reranker-v[12]-.*") ? ScoreScale.PROBABILITY : ScoreScale.RELATIVE;
    }

    /** A 403 may mean an empty account. */
    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return "AUTHZ_INSUFFICIENT_BALANCE".equals(error.code()) ? ErrorKind.BILLING : ErrorKind.of(status, error);
    }
}
