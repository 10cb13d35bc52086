package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.ArrayList;
import java.util.List;

/**
 * A cross-encoder behind DJL Serving,
 * <a href="https://docs.djl.ai/master/docs/serving/serving/docs/inference_api.html">docs.djl.ai</a>. Scores come in the
 * order of the texts and have no index: {@code [[0.41], [0.98]]}, for a single text {@code [0.41]}.
 */
final class DjlServingProtocol implements RerankProtocol {

    private final String url;

    DjlServingProtocol(String model) {
        this.url = "http://localhost:8080/predictions/" + UrlPart.of("modelName", model);
    }

    @Override
    public String name() {
        return "DJL Serving";
    }

    @Override
    public String defaultUrl() {
        return url;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer().optional();
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("query", request.query());
        request.documents().forEach(body.putArray("texts")::add);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        List<Scored> scores = new ArrayList<>();
        for (JsonNode entry : answer.isArray() ? answer : List.<JsonNode>of()) {
            JsonNode score = entry.isArray() ? entry.path(0) : entry;
            scores.add(new Scored(scores.size(), Scored.number(score)));
        }
        return scores;
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    /** A 409 is an illegal argument here. */
    @Override
    public ErrorKind errorKind(int status, ErrorDetails error, Request request) {
        return status == 409 ? ErrorKind.INVALID_REQUEST : ErrorKind.of(status, error);
    }
}
