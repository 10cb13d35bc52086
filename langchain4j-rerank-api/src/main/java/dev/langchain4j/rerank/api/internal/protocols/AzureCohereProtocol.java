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
 * Cohere's rerank on Azure AI Foundry,
 * <a href="https://docs.cohere.com/docs/cohere-on-microsoft-azure">docs.cohere.com</a>. The address is the resource's,
 * {@code https://<resource>.services.ai.azure.com}; the model is the name of the deployment. A serverless deployment
 * ({@code <deployment>.<region>.models.ai.azure.com}) speaks plain {@link CohereProtocol} with a bearer key.
 */
final class AzureCohereProtocol implements RerankProtocol {

    private final CohereProtocol cohere = new CohereProtocol();

    @Override
    public String name() {
        return "Azure Cohere";
    }

    @Override
    public String defaultUrl() {
        return "/providers/cohere/v2/rerank";
    }

    @Override
    public String defaultModel() {
        return "Cohere-rerank-v4.0-pro";
    }

    @Override
    public ApiKeyScheme apiKeyScheme() {
        return ApiKeyScheme.header("api-key", "AZURE_AI_API_KEY");
    }

    @Override
    public Limits limits() {
        return cohere.limits();
    }

    @Override
    public void writeRequest(ObjectNode body, Request request) {
        cohere.writeRequest(body, request);
    }

    @Override
    public List<Scored> readScores(JsonNode answer) {
        return cohere.readScores(answer);
    }

    @Override
    public ScoreScale scoreScale() {
        return cohere.scoreScale();
    }

    @Override
    public Usage usage(JsonNode answer) {
        return cohere.usage(answer);
    }
}
