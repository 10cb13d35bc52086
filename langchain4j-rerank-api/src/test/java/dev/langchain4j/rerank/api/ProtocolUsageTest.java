package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the answers of the fixtures say they cost, each in its own place. */
class ProtocolUsageTest {

    private static final Integer UNKNOWN = null;
    private static final Map<String, Double> NOTHING = Map.of();

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(new VllmProtocol(), "vllm/response-legacy.json", 57, NOTHING),
                arguments(new NvidiaNimProtocol(), "nvidia-nim/response-with-usage.json", 57, NOTHING),
                arguments(new NvidiaNimProtocol(), "nvidia-nim/response.json", UNKNOWN, NOTHING),
                arguments(new DjlServingProtocol("m"), "djl-serving/response.json", UNKNOWN, NOTHING),
                arguments(
                        new AzureCohereProtocol(), "azure-cohere/response.json", UNKNOWN, Map.of("search_units", 1.0)),
                arguments(new DashScopeNativeProtocol("gte-rerank-v2"), "dashscope/response-native.json", 57, NOTHING),
                arguments(new SiliconFlowProtocol(), "siliconflow/response.json", 57, NOTHING),
                arguments(new SiliconFlowProtocol(), "siliconflow/response-intl.json", 57, NOTHING),
                arguments(new TogetherProtocol(), "together/response-with-documents.json", UNKNOWN, NOTHING),
                arguments(new PineconeProtocol(), "pinecone/response.json", UNKNOWN, Map.of("rerank_units", 1.0)),
                arguments(new ZeroEntropyProtocol(), "zeroentropy/response.json", 57, NOTHING),
                arguments(
                        new OpenRouterProtocol(),
                        "openrouter/response.json",
                        57,
                        Map.of("search_units", 1.0, "cost", 0.001)),
                arguments(new XinferenceProtocol(), "xinference/response-with-documents.json", 57, NOTHING),
                arguments(new XinferenceProtocol(), "xinference/response.json", UNKNOWN, NOTHING),
                arguments(new WatsonxProtocol("us-south"), "watsonx/response.json", 57, NOTHING),
                arguments(new IsaacusProtocol(), "isaacus/response.json", 57, NOTHING));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void is_read_from_where_the_service_puts_it(
            RerankProtocol protocol, String file, Integer tokens, Map<String, Double> billed) {
        Fixtures.Fixture answer = Fixtures.all().stream()
                .filter(fixture -> fixture.id().equals(file))
                .findFirst()
                .orElseThrow();

        assertThat(protocol.usage(answer.json())).isEqualTo(new Usage(tokens, billed));
    }
}
