package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.api.ApiScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Api;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The protocols of {@link ApiScoringModel}, by the id that properties use. */
enum ApiProtocol {
    AZURE_COHERE(api -> ApiScoringModel.azureCohere()),
    BEDROCK(api -> ApiScoringModel.bedrock(needed("region", api.region()))),
    COHERE(api -> ApiScoringModel.cohere()),
    COHERE_V1(api -> ApiScoringModel.cohereV1()),
    CONTEXTUAL(api -> ApiScoringModel.contextual()),
    DASH_SCOPE(api -> ApiScoringModel.dashScope()),
    DJL_SERVING(api -> ApiScoringModel.djlServing(needed("modelName", api.modelName()))),
    ELASTIC(api -> ApiScoringModel.elastic(needed("inferenceId", api.inferenceId()))),
    INFINITY(api -> ApiScoringModel.infinity()),
    ISAACUS(api -> ApiScoringModel.isaacus()),
    JINA(api -> ApiScoringModel.jina()),
    LLAMA_CPP(api -> ApiScoringModel.llamaCpp()),
    MIXEDBREAD(api -> ApiScoringModel.mixedbread()),
    NVIDIA_NIM(api -> ApiScoringModel.nvidiaNim()),
    OPEN_ROUTER(api -> ApiScoringModel.openRouter()),
    PINECONE(api -> ApiScoringModel.pinecone()),
    SILICON_FLOW(api -> ApiScoringModel.siliconFlow()),
    TEI(api -> ApiScoringModel.tei()),
    TOGETHER(api -> ApiScoringModel.together()),
    VERTEX(api -> ApiScoringModel.vertex(needed("project", api.project()))),
    VLLM(api -> ApiScoringModel.vllm()),
    VOYAGE(api -> ApiScoringModel.voyage()),
    WATSONX(api -> ApiScoringModel.watsonx(needed("region", api.region()))),
    XINFERENCE(api -> ApiScoringModel.xinference()),
    ZERO_ENTROPY(api -> ApiScoringModel.zeroEntropy());

    @SuppressWarnings("ImmutableEnumChecker") // the factories above are stateless
    private final Function<Api, ApiScoringModel.Builder> factory;

    ApiProtocol(Function<Api, ApiScoringModel.Builder> factory) {
        this.factory = factory;
    }

    /** Returns the protocol with an id, ignoring case and dashes; null if there is none. */
    static @Nullable ApiProtocol of(String id) {
        return Arrays.stream(values())
                .filter(protocol -> canonical(protocol.id()).equals(canonical(id)))
                .findFirst()
                .orElse(null);
    }

    /** Returns an id in the form of environment variables, which have neither case nor dashes. */
    static String canonical(String id) {
        return id.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
    }

    static String ids() {
        return Arrays.stream(values()).map(ApiProtocol::id).collect(Collectors.joining(", "));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    ApiScoringModel.Builder builder(Api api) {
        return factory.apply(api);
    }

    private static String needed(String option, @Nullable String value) {
        if (value == null) {
            throw new InvalidOptionException(option, option + " is not set: this protocol requires it");
        }
        return value;
    }
}
