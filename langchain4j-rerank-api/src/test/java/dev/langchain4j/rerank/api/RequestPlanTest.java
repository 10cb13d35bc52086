package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.api.RequestPlan.Part;
import dev.langchain4j.rerank.api.internal.protocols.Protocols;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RequestPlanTest {

    @Test
    void fills_requests_up_to_the_limit_of_documents() {
        assertThat(RequestPlan.split("query", List.of("a", "b", "c", "d", "e"), Limits.ofDocuments(2)))
                .containsExactly(
                        new Part(0, List.of("a", "b")), new Part(2, List.of("c", "d")), new Part(4, List.of("e")));
    }

    @Test
    void sends_everything_at_once_without_limits() {
        List<String> documents =
                IntStream.range(0, 10_000).mapToObj(String::valueOf).toList();

        assertThat(RequestPlan.split("query", documents, Limits.none())).containsExactly(new Part(0, documents));
    }

    @Test
    void counts_the_query_once_for_each_document() {
        String ten = "0123456789"; // 10 bytes: 10 / 2 + 1 = 6 tokens at most
        Limits limits = Limits.none().withTokens(3 * (6 + 6));

        assertThat(RequestPlan.split(ten, List.of(ten, ten, ten, ten), limits))
                .extracting(part -> part.documents().size())
                .containsExactly(3, 1);
    }

    @Test
    void sends_a_document_over_a_limit_alone() {
        Limits limits = Limits.none().withTokens(100);
        String huge = "x".repeat(1_000);

        assertThat(RequestPlan.split("query", List.of("a", huge, "b"), limits))
                .containsExactly(new Part(0, List.of("a")), new Part(1, List.of(huge)), new Part(2, List.of("b")));
    }

    @RepeatedTest(50)
    void every_plan_holds_each_document_once_in_order_and_keeps_the_limits() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> documents = new ArrayList<>();
        for (int i = random.nextInt(1, 200); i > 0; i--) {
            documents.add(text(random));
        }
        String query = text(random);
        Limits limits = Limits.ofDocuments(random.nextInt(1, 50)).withBytes(random.nextInt(3_000, 20_000));

        List<Part> parts = RequestPlan.split(query, documents, limits);

        assertThat(parts.stream().flatMap(part -> part.documents().stream()))
                .as("seed %d", seed)
                .containsExactlyElementsOf(documents);
        int first = 0;
        for (Part part : parts) {
            assertThat(part.first()).as("seed %d", seed).isEqualTo(first);
            assertThat(part.documents()).as("seed %d", seed).hasSizeBetween(1, limits.documents());
            assertThat(part.documents().size() == 1 || bytes(query, part) <= limits.bytes())
                    .as("seed %d: %d bytes, limit %d", seed, bytes(query, part), limits.bytes())
                    .isTrue();
            first += part.documents().size();
        }
    }

    private static int bytes(String query, Part part) {
        RequestWriter writer = new RequestWriter(Protocols.tei(), Map.of());
        return writer.write(new Request(query, part.documents(), null)).length;
    }

    /** Letters, quotes, controls, umlauts, ideographs and emoji, up to 300 of them. */
    private static String text(Random random) {
        int[] alphabet = {'a', 'z', ' ', '"', '\\', '\n', 1, 0xE4, 0x6CB3, 0x1F600};
        return random.ints(random.nextInt(1, 300), 0, alphabet.length)
                .map(i -> alphabet[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
