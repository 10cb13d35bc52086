package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asks each hosted provider whose variables are set in the environment, which costs a few documents there. The others are
 * skipped and say which variable is missing.
 */
class HostedProvidersIT {

    private static final List<TextSegment> DOCUMENTS = Stream.of(
                    "Venus is the second planet out from the Sun.",
                    "Bananas contain potassium.",
                    "Mercury travels the orbit nearest to the Sun.")
            .map(TextSegment::from)
            .toList();

    /**
     * A provider.
     *
     * @param needs environment variables without which it is skipped
     */
    private record Provider(String name, List<String> needs, Supplier<ApiScoringModel.Builder> factory) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Provider> providers() {
        return Stream.of(
                hosted("Cohere", "CO_API_KEY", ApiScoringModel::cohere),
                hosted("Cohere v1", "CO_API_KEY", ApiScoringModel::cohereV1),
                hosted("Jina", "JINA_API_KEY", ApiScoringModel::jina),
                hosted("Voyage", "VOYAGE_API_KEY", ApiScoringModel::voyage),
                hosted("Mixedbread", "MXBAI_API_KEY", ApiScoringModel::mixedbread),
                hosted("DashScope", "DASHSCOPE_API_KEY", ApiScoringModel::dashScope),
                hosted("SiliconFlow", "SILICONFLOW_API_KEY", ApiScoringModel::siliconFlow),
                hosted("Pinecone", "PINECONE_API_KEY", ApiScoringModel::pinecone),
                hosted("ZeroEntropy", "ZEROENTROPY_API_KEY", ApiScoringModel::zeroEntropy),
                hosted("Contextual", "CONTEXTUAL_API_KEY", ApiScoringModel::contextual),
                hosted("Isaacus", "ISAACUS_API_KEY", ApiScoringModel::isaacus),
                hosted(
                        "OpenRouter",
                        "OPENROUTER_API_KEY",
                        () -> ApiScoringModel.openRouter().modelName("cohere/rerank-v3.5")),
                new Provider(
                        "Together",
                        List.of("TOGETHER_API_KEY", "TOGETHER_RERANK_MODEL"),
                        () -> ApiScoringModel.together().modelName(variable("TOGETHER_RERANK_MODEL"))),
                hosted(
                        "NVIDIA",
                        "NVIDIA_API_KEY",
                        () -> ApiScoringModel.nvidiaNim()
                                .baseUrl("https://ai.api.nvidia.com/v1/retrieval/nvidia/"
                                        + "llama-nemotron-rerank-1b-v2/reranking")),
                new Provider(
                        "Azure",
                        List.of("AZURE_AI_API_KEY", "AZURE_AI_API_BASE", "AZURE_AI_RERANK_MODEL"),
                        () -> ApiScoringModel.azureCohere()
                                .baseUrl(variable("AZURE_AI_API_BASE"))
                                .modelName(variable("AZURE_AI_RERANK_MODEL"))),
                new Provider("Bedrock", List.of("AWS_REGION"), () -> ApiScoringModel.bedrock(variable("AWS_REGION"))),
                new Provider(
                        "Vertex",
                        List.of("GOOGLE_CLOUD_PROJECT"),
                        () -> ApiScoringModel.vertex(variable("GOOGLE_CLOUD_PROJECT"))),
                new Provider(
                        "watsonx",
                        List.of("WATSONX_API_KEY", "WATSONX_REGION", "WATSONX_PROJECT_ID"),
                        () -> ApiScoringModel.watsonx(variable("WATSONX_REGION"))
                                .parameter("project_id", variable("WATSONX_PROJECT_ID"))),
                new Provider(
                        "Elastic",
                        List.of("ELASTIC_URL", "ELASTIC_API_KEY", "ELASTIC_INFERENCE_ID"),
                        () -> ApiScoringModel.elastic(variable("ELASTIC_INFERENCE_ID"))
                                .baseUrl(variable("ELASTIC_URL"))
                                .apiKey(variable("ELASTIC_API_KEY"))),
                server("TEI", "TEI_URL", ApiScoringModel::tei),
                server("vLLM", "VLLM_URL", ApiScoringModel::vllm),
                server("Infinity", "INFINITY_URL", ApiScoringModel::infinity),
                server("llama.cpp", "LLAMA_CPP_URL", ApiScoringModel::llamaCpp),
                new Provider(
                        "Xinference",
                        List.of("XINFERENCE_URL", "XINFERENCE_MODEL"),
                        () -> ApiScoringModel.xinference()
                                .baseUrl(variable("XINFERENCE_URL"))
                                .modelName(variable("XINFERENCE_MODEL"))),
                new Provider(
                        "DJL Serving",
                        List.of("DJL_SERVING_URL", "DJL_SERVING_MODEL"),
                        () -> ApiScoringModel.djlServing(variable("DJL_SERVING_MODEL"))
                                .baseUrl(variable("DJL_SERVING_URL"))));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void puts_the_right_document_first(Provider provider) {
        provider.needs().forEach(HostedProvidersIT::assumeSet);
        try (ApiScoringModel model = provider.factory().get().build()) {

            List<Double> scores = model.scoreAll(DOCUMENTS, "Which planet orbits closest to the Sun?")
                    .content();

            assertThat(scores).hasSize(DOCUMENTS.size());
            assertThat(scores.get(2)).isGreaterThan(scores.get(0));
            assertThat(scores.get(0)).isGreaterThan(scores.get(1));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void refuses_a_wrong_key(Provider provider) {
        provider.needs().forEach(HostedProvidersIT::assumeSet);
        assumeTrue(provider.needs().get(0).endsWith("_API_KEY"), provider + " takes no API key");
        try (ApiScoringModel model =
                provider.factory().get().apiKey("a-key-that-is-wrong").build()) {
            assertThatExceptionOfType(AuthenticationException.class)
                    .isThrownBy(() -> model.scoreAll(DOCUMENTS, "a query"));
        }
    }

    private static Provider hosted(String name, String key, Supplier<ApiScoringModel.Builder> factory) {
        return new Provider(name, List.of(key), factory);
    }

    private static Provider server(String name, String url, Supplier<ApiScoringModel.Builder> factory) {
        return new Provider(name, List.of(url), () -> factory.get().baseUrl(variable(url)));
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    private static void assumeSet(String variable) {
        String value = System.getenv(variable);
        assumeTrue(value != null && !value.isBlank(), "skipped: environment variable " + variable + " is not set");
    }
}
