package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The real services, each where its key is in the environment. A call costs a fraction of a cent. Without a key a test
 * is skipped, and the report says which variable it wants.
 */
class HostedProvidersIT {

    private static final String ANY = ".+";

    @Test
    @EnabledIfEnvironmentVariable(named = "CO_API_KEY", matches = ANY)
    void cohere() {
        assertRanks(ApiScoringModel.cohere());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "CO_API_KEY", matches = ANY)
    void cohere_v1() {
        assertRanks(ApiScoringModel.cohereV1());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "JINA_API_KEY", matches = ANY)
    void jina() {
        assertRanks(ApiScoringModel.jina());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "VOYAGE_API_KEY", matches = ANY)
    void voyage() {
        assertRanks(ApiScoringModel.voyage());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "MXBAI_API_KEY", matches = ANY)
    void mixedbread() {
        assertRanks(ApiScoringModel.mixedbread());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "NVIDIA_API_KEY", matches = ANY)
    void nvidia_nim() {
        assertRanks(ApiScoringModel.nvidiaNim()
                .url("https://ai.api.nvidia.com/v1/retrieval/nvidia/llama-nemotron-rerank-1b-v2/reranking"));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "AWS_REGION", matches = ANY)
    void bedrock() {
        assertRanks(ApiScoringModel.bedrock(System.getenv("AWS_REGION")));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "GOOGLE_APPLICATION_CREDENTIALS", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "GOOGLE_CLOUD_PROJECT", matches = ANY)
    void vertex() {
        assertRanks(ApiScoringModel.vertex(System.getenv("GOOGLE_CLOUD_PROJECT")));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "AZURE_AI_API_KEY", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "AZURE_AI_API_BASE", matches = ANY)
    void azure_cohere() {
        assertRanks(ApiScoringModel.azureCohere().baseUrl(System.getenv("AZURE_AI_API_BASE")));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "DASHSCOPE_API_KEY", matches = ANY)
    void dash_scope() {
        assertRanks(ApiScoringModel.dashScope());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "DASHSCOPE_API_KEY", matches = ANY)
    void dash_scope_native() {
        assertRanks(ApiScoringModel.dashScope().modelName("gte-rerank-v2"));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "SILICONFLOW_API_KEY", matches = ANY)
    void silicon_flow() {
        assertRanks(ApiScoringModel.siliconFlow());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "TOGETHER_API_KEY", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "TOGETHER_RERANK_MODEL", matches = ANY)
    void together() {
        assertRanks(ApiScoringModel.together().modelName(System.getenv("TOGETHER_RERANK_MODEL")));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "PINECONE_API_KEY", matches = ANY)
    void pinecone() {
        assertRanks(ApiScoringModel.pinecone());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "ZEROENTROPY_API_KEY", matches = ANY)
    void zero_entropy() {
        assertRanks(ApiScoringModel.zeroEntropy());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "OPENROUTER_API_KEY", matches = ANY)
    void open_router() {
        assertRanks(ApiScoringModel.openRouter().modelName("cohere/rerank-v3.5"));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "CONTEXTUAL_API_KEY", matches = ANY)
    void contextual() {
        assertRanks(ApiScoringModel.contextual());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "WATSONX_API_KEY", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "WATSONX_REGION", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "WATSONX_PROJECT_ID", matches = ANY)
    void watsonx() {
        assertRanks(ApiScoringModel.watsonx(System.getenv("WATSONX_REGION"))
                .parameter("project_id", System.getenv("WATSONX_PROJECT_ID")));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "ELASTIC_API_KEY", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "ELASTIC_URL", matches = ANY)
    @EnabledIfEnvironmentVariable(named = "ELASTIC_INFERENCE_ID", matches = ANY)
    void elastic() {
        assertRanks(ApiScoringModel.elastic(System.getenv("ELASTIC_INFERENCE_ID"))
                .baseUrl(System.getenv("ELASTIC_URL"))
                .apiKey(System.getenv("ELASTIC_API_KEY")));
    }

    // tag::isaacus
    @Test
    @EnabledIfEnvironmentVariable(named = "ISAACUS_API_KEY", matches = ANY)
    void isaacus() {
        assertRanks(ApiScoringModel.isaacus());
    }
    // end::isaacus

    /** The right document comes first. */
    private static void assertRanks(ApiScoringModel.Builder builder) {
        try (ApiScoringModel model = builder.build()) {
            List<TextSegment> documents = Fixtures.documents(3);

            List<Double> scores = model.scoreAll(documents, Fixtures.query()).content();

            assertThat(scores).hasSize(3);
            assertThat(IntStream.range(0, 3).boxed().max(Comparator.comparing(scores::get)))
                    .as("index of the best of %s", scores)
                    .hasValue(2);
        }
    }
}
