package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.List;

/**
 * A rerank endpoint of Elasticsearch's inference,
 * <a href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-inference-rerank">elastic.co</a>. The
 * endpoint includes its model, and with it the meaning of a score. It may have a limit in its own settings, so every
 * score is requested.
 */
final class ElasticProtocol implements RerankProtocol {

    private final String inferenceId;

    ElasticProtocol(String inferenceId) {
        this.inferenceId = UrlPart.of("inferenceId", inferenceId);
    }

    @Override
    public String name() {
        return "Elastic";
    }

    @Override
    public String defaultUrl() {
        return "/_inference/rerank/" + inferenceId;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return new ApiKeyScheme("Authorization", "ApiKey ", List.of(), false);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("query", request.query());
        request.documents().forEach(body.putArray("input")::add);
        body.put("return_documents", false);
        body.put("top_n", request.documents().size());
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("rerank"), "relevance_score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.RELATIVE;
    }
}
