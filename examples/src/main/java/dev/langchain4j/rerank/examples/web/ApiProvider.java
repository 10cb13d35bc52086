package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.rerank.api.ApiScoringModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A service that is offered if its key is set.
 *
 * @param id its id in URLs
 * @param label its name on the page
 * @param builder creates the builder of its model
 * @param keys environment variables that may contain its key
 * @param needsModel whether it has no default model: then {@code ID_RERANK_MODEL} must name one
 */
record ApiProvider(
        String id, String label, Supplier<ApiScoringModel.Builder> builder, List<String> keys, boolean needsModel) {

    /** The services that need only a key and possibly the name of a model. */
    static final List<ApiProvider> ALL = List.of(
            provider("cohere", "Cohere", ApiScoringModel::cohere, "CO_API_KEY", "COHERE_API_KEY"),
            provider("jina", "Jina AI", ApiScoringModel::jina, "JINA_API_KEY", "JINAAI_API_KEY"),
            provider("voyage", "Voyage AI", ApiScoringModel::voyage, "VOYAGE_API_KEY"),
            provider("mixedbread", "Mixedbread", ApiScoringModel::mixedbread, "MXBAI_API_KEY"),
            provider("dashscope", "DashScope", ApiScoringModel::dashScope, "DASHSCOPE_API_KEY"),
            provider("siliconflow", "SiliconFlow", ApiScoringModel::siliconFlow, "SILICONFLOW_API_KEY"),
            provider("pinecone", "Pinecone", ApiScoringModel::pinecone, "PINECONE_API_KEY"),
            provider("zeroentropy", "ZeroEntropy", ApiScoringModel::zeroEntropy, "ZEROENTROPY_API_KEY"),
            provider("contextual", "Contextual AI", ApiScoringModel::contextual, "CONTEXTUAL_API_KEY"),
            provider("isaacus", "Isaacus", ApiScoringModel::isaacus, "ISAACUS_API_KEY"),
            new ApiProvider("together", "Together AI", ApiScoringModel::together, List.of("TOGETHER_API_KEY"), true),
            new ApiProvider(
                    "openrouter", "OpenRouter", ApiScoringModel::openRouter, List.of("OPENROUTER_API_KEY"), true));

    private static ApiProvider provider(
            String id, String label, Supplier<ApiScoringModel.Builder> builder, String... keys) {
        return new ApiProvider(id, label, builder, List.of(keys), false);
    }

    /**
     * Returns the model of the service, if all required variables are set; {@code ID_RERANK_MODEL} overrides its
     * default model.
     */
    @Nullable
    ApiScoringModel model(Map<String, String> environment) {
        String model = environment.getOrDefault(id.toUpperCase(Locale.ROOT) + "_RERANK_MODEL", "");
        if (needsModel && model.isBlank()) {
            return null;
        }
        for (String variable : keys) {
            String key = environment.getOrDefault(variable, "");
            if (!key.isBlank()) {
                ApiScoringModel.Builder service = builder.get().apiKey(key);
                return (model.isBlank() ? service : service.modelName(model)).build();
            }
        }
        return null;
    }
}
