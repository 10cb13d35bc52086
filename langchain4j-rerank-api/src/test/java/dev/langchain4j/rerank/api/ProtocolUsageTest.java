package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.rerank.api.internal.protocols.Protocols;
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
                arguments(Protocols.vllm(), "vllm/response-legacy.json", 57, NOTHING),
                arguments(Protocols.nvidiaNim(), "nvidia-nim/response-with-usage.json", 57, NOTHING),
                arguments(Protocols.nvidiaNim(), "nvidia-nim/response.json", UNKNOWN, NOTHING),
                arguments(Protocols.djlServing("m"), "djl-serving/response.json", UNKNOWN, NOTHING),
                arguments(Protocols.azureCohere(), "azure-cohere/response.json", UNKNOWN, Map.of("search_units", 1.0)),
                arguments(
                        Protocols.dashScope().forModel("gte-rerank-v2"), "dashscope/response-native.json", 57, NOTHING),
                arguments(Protocols.siliconFlow(), "siliconflow/response.json", 57, NOTHING),
                arguments(Protocols.siliconFlow(), "siliconflow/response-intl.json", 57, NOTHING),
                arguments(Protocols.together(), "together/response-with-documents.json", UNKNOWN, NOTHING),
                arguments(Protocols.pinecone(), "pinecone/response.json", UNKNOWN, Map.of("rerank_units", 1.0)),
                arguments(Protocols.zeroEntropy(), "zeroentropy/response.json", 57, NOTHING),
                arguments(
                        Protocols.openRouter(),
                        "openrouter/response.json",
                        57,
                        Map.of("search_units", 1.0, "cost", 0.001)),
                arguments(Protocols.xinference(), "xinference/response-with-documents.json", 57, NOTHING),
                arguments(Protocols.xinference(), "xinference/response.json", UNKNOWN, NOTHING),
                arguments(Protocols.watsonx("us-south"), "watsonx/response.json", 57, NOTHING),
                arguments(Protocols.isaacus(), "isaacus/response.json", 57, NOTHING));
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
