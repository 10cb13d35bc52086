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
 * Mixedbread's rerank,
 * <a href="https://www.mixedbread.com/api-reference/endpoints/reranking/rerank-documents">mixedbread.com</a>. At most
 * 1,000 documents and 32,000 characters of query. The models with {@code listwise} in their names read the whole list
 * at once.
 */
final class MixedbreadProtocol implements RerankProtocol {

    private final String model;

    MixedbreadProtocol() {
        this("mixedbread-ai/mxbai-rerank-large-v2");
    }

    private MixedbreadProtocol(String model) {
        this.model = model;
    }

    @Override
    public RerankProtocol forModel(@Nullable String modelName) {
        return modelName == null ? this : new MixedbreadProtocol(modelName);
    }

    @Override
    public String name() {
        return "Mixedbread";
    }

    @Override
    public String defaultUrl() {
        return "https://api.mixedbread.com/v1/reranking";
    }

    @Override
    public String defaultModel() {
        return model;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("MXBAI_API_KEY");
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(1000);
    }

    @Override
    public boolean listwise() {
        return model.contains("listwise");
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", model);
        body.put("query", request.query());
        request.documents().forEach(body.putArray("input")::add);
        body.put("return_input", false);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("data"), "score");
    }

    @Override
    public ScoreScale scoreScale() {
        return listwise() ? ScoreScale.RELATIVE : ScoreScale.PROBABILITY;
    }
}
