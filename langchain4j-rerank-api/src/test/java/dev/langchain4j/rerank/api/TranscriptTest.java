package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What real servers of llama.cpp and Infinity answered, recorded on 24 November 2026, told again to their models. Two
 * long answers were cut when they were recorded.
 */
class TranscriptTest {

    private static final Set<String> TOO_FEW = Set.of("top_n1", "top_n0");
    private static final Set<String> CUT = Set.of("docs_70", "body_3MB");

    @TestFactory
    Stream<DynamicTest> llama_cpp_answers_as_it_did() throws IOException {
        return replay("llama-cpp", ApiScoringModel::llamaCpp);
    }

    @TestFactory
    Stream<DynamicTest> infinity_answers_as_it_did() throws IOException {
        return replay("infinity", ApiScoringModel::infinity);
    }

    private static Stream<DynamicTest> replay(String server, Supplier<ApiScoringModel.Builder> factory)
            throws IOException {
        List<JsonNode> exchanges = exchanges(server);
        assertThat(exchanges).hasSize(25);
        return exchanges.stream().map(exchange -> {
            String name = exchange.path("case").textValue();
            boolean array = exchange.path("body").textValue().startsWith("[");
            return dynamicTest(name, () -> assertTold(name, exchange, array ? ApiScoringModel.tei() : factory.get()));
        });
    }

    private static void assertTold(String name, JsonNode exchange, ApiScoringModel.Builder builder) {
        List<TextSegment> documents = documents(exchange);
        try (StubService service = new StubService().failing(request -> answer(exchange));
                ApiScoringModel model = builder.baseUrl(service.server()
                                .url(exchange.path("path").textValue())
                                .toString())
                        .apiKey("key-of-the-transcript")
                        .clocks(new VirtualTime())
                        .build()) {
            if (exchange.path("status").intValue() == 200 && !TOO_FEW.contains(name) && !CUT.contains(name)) {
                assertThat(model.scoreAll(documents, "how do I reset my password?")
                                .content())
                        .isEqualTo(scores(exchange));
                return;
            }
            Throwable thrown = catchThrowable(() -> model.scoreAll(documents, "how do I reset my password?"));

            assertThat(thrown).isExactlyInstanceOf(exception(exchange));
            documents.forEach(document -> assertThat(thrown).hasMessageNotContaining(document.text()));
            assertThat(service.requests()).isEqualTo(thrown instanceof InternalServerException ? 3 : 1);
        }
    }

    private static Class<?> exception(JsonNode exchange) {
        String body = exchange.path("body").textValue();
        return switch (exchange.path("status").intValue()) {
            case 200 -> UnusableAnswerException.class;
            case 401 -> AuthenticationException.class;
            case 500 ->
                body.contains("too large to process") ? InvalidRequestException.class : InternalServerException.class;
            default -> InvalidRequestException.class;
        };
    }

    /** The documents that were sent; as many others where the recording does not hold them. */
    private static List<TextSegment> documents(JsonNode exchange) {
        List<TextSegment> documents = new ArrayList<>();
        int count = Math.max(2, results(exchange).size());
        JsonNode sent = exchange.path("request").path("documents");
        for (int i = 0; i < Math.max(count, sent.size()); i++) {
            String text = sent.path(i).asText();
            documents.add(TextSegment.from(text.isBlank() ? "document " + i : text));
        }
        return documents;
    }

    private static List<Double> scores(JsonNode exchange) {
        JsonNode results = results(exchange);
        Double[] scores = new Double[results.size()];
        results.forEach(result -> scores[result.path("index").intValue()] =
                (result.has("score") ? result.path("score") : result.path("relevance_score")).doubleValue());
        return List.of(scores);
    }

    private static JsonNode results(JsonNode exchange) {
        String body = exchange.path("body").textValue();
        boolean whole = exchange.path("status").intValue() == 200
                && !CUT.contains(exchange.path("case").textValue());
        JsonNode json = Fixtures.read(whole ? body : "[]");
        return json.isArray() ? json : json.path("results");
    }

    private static MockResponse answer(JsonNode exchange) {
        return new MockResponse.Builder()
                .code(exchange.path("status").intValue())
                .addHeader(
                        "Content-Type",
                        exchange.path("headers").path("content-type").asText())
                .body(exchange.path("body").textValue())
                .build();
    }

    private static List<JsonNode> exchanges(String server) throws IOException {
        String file = "/transcripts/" + server + ".jsonl";
        try (InputStream in = Objects.requireNonNull(TranscriptTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Fixtures::read)
                    .toList();
        }
    }
}
