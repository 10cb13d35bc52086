package dev.langchain4j.rerank.api.internal.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;

/**
 * IBM watsonx.ai's rerank, <a href="https://cloud.ibm.com/apidocs/watsonx-ai#text-rerank">cloud.ibm.com</a>. The
 * service requires a {@code project_id} or a {@code space_id} as a parameter. Long texts are cut where the length of
 * the model is known. The API key is never sent there, a token is.
 */
final class WatsonxProtocol implements RerankProtocol {

    private static final String MS_MARCO = "cross-encoder/ms-marco-minilm-l-12-v2";
    private static final int MS_MARCO_TOKENS = 512;

    private final String region;

    WatsonxProtocol(String region) {
        this.region = UrlPart.of("region", region);
    }

    @Override
    public String name() {
        return "watsonx";
    }

    @Override
    public String defaultUrl() {
        return "https://" + region + ".ml.cloud.ibm.com/ml/v1/text/rerank?version=2024-05-31";
    }

    @Override
    public String defaultModel() {
        return MS_MARCO;
    }

    /** The key is exchanged for a token and never sent to the service itself, so it is in no header. */
    @Override
    public ApiKeyScheme apiKeyScheme() {
        return new ApiKeyScheme(null, "", List.of("WATSONX_API_KEY", "WATSONX_APIKEY"), true);
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        body.put("model_id", request.modelName());
        body.put("query", request.query());
        ArrayNode inputs = body.putArray("inputs");
        request.documents().forEach(text -> inputs.addObject().put("text", text));
        ObjectNode parameters = body.putObject("parameters");
        if (MS_MARCO.equals(request.modelName())) {
            parameters.put("truncate_input_tokens", MS_MARCO_TOKENS);
        }
        parameters
                .putObject("return_options")
                .put("top_n", request.documents().size())
                .put("inputs", false)
                .put("query", false);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return Scored.list(answer.path("results"), "score");
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.LOGIT;
    }

    @Override
    public Usage usage(JsonNode answer) {
        return Usage.none().withTokens(answer.path("input_token_count"));
    }
}
