package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;

// tag::protocol
/**
 * Isaacus' rerank, <a href="https://docs.isaacus.com">docs.isaacus.com</a>, made for legal texts. A long text is scored
 * in chunks; {@code scoring_method} selects the chunk that counts.
 */
final class IsaacusProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "Isaacus";
    }

    @Override
    public String defaultUrl() {
        return "https://api.isaacus.com/v1/rerankings";
    }

    @Override
    public String defaultModel() {
        return "kanon-2-reranker";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("ISAACUS_API_KEY");
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        request.documents().forEach(body.putArray("texts")::add);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public Usage usage(JsonNode answer) {
        return Usage.none().withTokens(answer.path("usage").path("input_tokens"));
    }
}
// end::protocol
