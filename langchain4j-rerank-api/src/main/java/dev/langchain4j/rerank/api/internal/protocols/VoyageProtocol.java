package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Voyage AI's rerank, <a href="https://docs.voyageai.com/reference/reranker-api">docs.voyageai.com</a>. At most 1,000
 * documents and 600,000 tokens per request (300,000 for the first models), the query counted once for each document;
 * truncation does not lift these bounds.
 */
final class VoyageProtocol implements RerankProtocol {

    private final String model;

    VoyageProtocol() {
        this("rerank-2.5");
    }

    private VoyageProtocol(String model) {
        this.model = model;
    }

    @Override
    public RerankProtocol forModel(@Nullable String modelName) {
        return modelName == null ? this : new VoyageProtocol(modelName);
    }

    @Override
    public String name() {
        return "Voyage";
    }

    @Override
    public String defaultUrl() {
        return "https://api.voyageai.com/v1/rerank";
    }

    @Override
    public String defaultModel() {
        return model;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("VOYAGE_API_KEY");
    }

    @Override
    public Limits limits() {
        boolean first = model.equals("rerank-1") || model.equals("rerank-lite-1");
        return Limits.ofDocuments(1000).withTokens(first ? 300_000 : 600_000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", model);
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
        body.put("return_documents", false);
        body.put("truncation", true);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("data"), "relevance_score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }
}
