package dev.langchain4j.rerank.spring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.rerank.api.ApiScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Api;
import org.jspecify.annotations.Nullable;

/** Creates the models behind HTTP from their properties. */
final class ApiModels {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ApiModels() {}

    /** Returns the protocol of a model: the one in its properties, otherwise its id. */
    static ApiProtocol protocol(String id, Api api) {
        String named = api.protocol() == null ? id : api.protocol();
        ApiProtocol protocol = ApiProtocol.of(named);
        if (protocol == null) {
            throw new RerankConfigurationException(
                    "%s.%s: unknown protocol %s".formatted(Api.PREFIX, id, named),
                    "Set %s.%s.protocol to one of %s".formatted(Api.PREFIX, id, ApiProtocol.ids()),
                    null);
        }
        return protocol;
    }

    static ApiScoringModel load(String id, Api api) {
        ApiProtocol protocol = protocol(id, api);
        return RerankConfigurationException.build(
                Api.PREFIX + "." + id,
                Api.class,
                () -> configure(protocol.builder(api), api).build());
    }

    private static ApiScoringModel.Builder configure(ApiScoringModel.Builder builder, Api api) {
        builder.timeout(api.timeout())
                .deadline(api.deadline())
                .maxRetries(api.maxRetries())
                .maxConcurrentRequests(api.maxConcurrentRequests())
                .customHeaders(api.customHeaders())
                .logRequests(api.logRequests())
                .logResponses(api.logResponses());
        Given.value(api.apiKey(), builder::apiKey);
        Given.value(api.modelName(), builder::modelName);
        Given.value(api.baseUrl(), builder::baseUrl);
        Given.value(api.url(), builder::url);
        Given.value(api.maxDocumentsPerRequest(), builder::maxDocumentsPerRequest);
        api.parameters().forEach((name, value) -> builder.parameter(name, typed(value)));
        return builder;
    }

    /**
     * Converts a value of a property file, which is always text: {@code true} and {@code 3} become the types they have
     * in JSON.
     */
    private static @Nullable Object typed(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }
}
