package dev.langchain4j.rerank.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.ArrayList;
import java.util.List;

/** A protocol as a user writes it, in a package of its own: the public types are enough. */
// tag::own
public final class DeepInfraProtocol implements RerankProtocol {

    private final String model;

    public DeepInfraProtocol(String model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "DeepInfra";
    }

    @Override
    public String defaultUrl() {
        return "https://api.deepinfra.com/v1/inference/" + model;
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer("DEEPINFRA_API_KEY");
    }

    /** The service wants the query once for each document. */
    @Override
    public void writeRequest(ObjectNode body, Request request) {
        ArrayNode queries = body.putArray("queries");
        request.documents().forEach(document -> queries.add(request.query()));
        request.documents().forEach(body.putArray("documents")::add);
    }

    /** Bare numbers in the order of the documents. */
    @Override
    public List<Scored> readScores(JsonNode answer) {
        List<Scored> scores = new ArrayList<>();
        for (JsonNode score : answer.path("scores")) {
            scores.add(new Scored(scores.size(), Scored.number(score)));
        }
        return scores;
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }

    @Override
    public Usage usage(JsonNode answer) {
        return Usage.none().withTokens(answer.path("input_tokens"));
    }
}
// end::own
