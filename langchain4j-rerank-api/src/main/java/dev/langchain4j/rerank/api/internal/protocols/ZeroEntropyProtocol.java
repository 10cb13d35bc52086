package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;

/**
 * ZeroEntropy's rerank,
 * <a href="https://docs.zeroentropy.dev/api-reference/models/rerank">docs.zeroentropy.dev</a>. A body has at most
 * 5,000,000 bytes; beside it there is a budget of bytes a minute.
 */
final class ZeroEntropyProtocol implements RerankProtocol {

    @Override
    public String name() {
        return "ZeroEntropy";
    }

    @Override
    public String defaultUrl() {
        return "https://api.zeroentropy.dev/v1/models/rerank";
    }

    @Override
    public String defaultModel() {
        return "zerank-2";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("ZEROENTROPY_API_KEY");
    }

    @Override
    public Limits limits() {
        return Limits.none().withBytes(5_000_000);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        request.documents().forEach(body.putArray("documents")::add);
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
    public Usage usage(JsonNode answer) {
        return Usage.none().withTokens(answer.path("total_tokens"));
    }
}
