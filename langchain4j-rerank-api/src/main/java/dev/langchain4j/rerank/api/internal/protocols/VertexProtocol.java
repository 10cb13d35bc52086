package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.ArrayList;
import java.util.List;

/**
 * Google's Vertex AI Ranking,
 * <a href="https://cloud.google.com/generative-ai-app-builder/docs/ranking">cloud.google.com</a>, at the location
 * {@code global} and with the default ranking configuration. Records have ids, not indexes, so a record's id is its
 * index. Scores are rounded to two decimals.
 */
final class VertexProtocol implements RerankProtocol {

    private final String project;

    VertexProtocol(String project) {
        this.project = UrlPart.of("project", project);
    }

    @Override
    public String name() {
        return "Vertex AI";
    }

    @Override
    public String defaultUrl() {
        return "https://discoveryengine.googleapis.com/v1/projects/" + project
                + "/locations/global/rankingConfigs/default_ranking_config:rank";
    }

    @Override
    public String defaultModel() {
        return "semantic-ranker-default@latest";
    }

    /** An access token; there is no key. */
    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.bearer().optional();
    }

    @Override
    public Limits limits() {
        return Limits.ofDocuments(200);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model", request.modelName());
        body.put("query", request.query());
        ArrayNode records = body.putArray("records");
        for (String text : request.documents()) {
            String index = String.valueOf(records.size());
            records.addObject().put("id", index).put("content", text);
        }
        body.put("ignoreRecordDetailsInResponse", true);
    }

    /** A score of zero may be left out. */
    @Override
    public List<Scored> readScores(JsonNode answer) {
        List<Scored> scores = new ArrayList<>();
        for (JsonNode rated : answer.path("records")) {
            double score = rated.has("score") ? Scored.number(rated.path("score")) : 0.0;
            scores.add(new Scored(rated.path("id").asInt(-1), score));
        }
        return scores;
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.PROBABILITY;
    }
}
