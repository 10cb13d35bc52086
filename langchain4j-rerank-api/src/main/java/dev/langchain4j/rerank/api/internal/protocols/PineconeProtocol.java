package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pinecone Inference's rerank,
 * <a href="https://docs.pinecone.io/reference/api/latest/inference/rerank">docs.pinecone.io</a>. Documents are objects,
 * and the version of the API is a header. Its bge model refuses long texts unless truncation is requested. The user's
 * parameters go into {@code parameters}.
 */
final class PineconeProtocol implements RerankProtocol {

    private final String model;

    PineconeProtocol() {
        this("bge-reranker-v2-m3");
    }

    private PineconeProtocol(String model) {
        this.model = model;
    }

    @Override
    public RerankProtocol forModel(@Nullable String modelName) {
        return modelName == null ? this : new PineconeProtocol(modelName);
    }

    @Override
    public String name() {
        return "Pinecone";
    }

    @Override
    public String defaultUrl() {
        return "https://api.pinecone.io/rerank";
    }

    @Override
    public String defaultModel() {
        return model;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.header("Api-Key", "PINECONE_API_KEY");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("X-Pinecone-Api-Version", "2026-04");
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(cohere() ? 200 : 100);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", model);
        body.put("query", request.query());
        ArrayNode documents = body.putArray("documents");
        request.documents().forEach(text -> documents.addObject().put("text", text));
        body.put("return_documents", false);
        body.putArray("rank_fields").add("text");
        if (!cohere()) {
            parameters(body).put("truncate", "END");
        }
    }

    @Override
    public ObjectNode parameters(ObjectNode body) {
        return body.withObjectProperty("parameters");
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("data"), "score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public Usage usage(JsonNode answer) {
        return Usage.none().withBilled("rerank_units", answer.path("usage").path("rerank_units"));
    }

    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return "QUOTA_EXCEEDED".equals(error.code()) ? ErrorKind.QUOTA : ErrorKind.of(status, error);
    }

    /** It takes twice the documents and has no {@code truncate}. */
    private boolean cohere() {
        return model.startsWith("cohere-");
    }
}
