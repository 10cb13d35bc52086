package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.rerank.api.protocol.RerankProtocol.Scored;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    @Test
    void puts_scores_in_the_order_of_the_documents() {
        assertThat(AnswerReader.inOrder("Stub", scored(2, 0, 1), 3, 0)).containsExactly(0.0, 0.1, 0.2);
    }

    @Test
    void refuses_a_gap() {
        assertRefused(scored(0, 2), 3, 0, "Stub returned no score for document 1 (2 scores for 3 documents)");
    }

    @Test
    void names_a_document_by_its_index_in_the_whole_list() {
        assertRefused(scored(0, 2), 3, 100, "Stub returned no score for document 101 (2 scores for 3 documents)");
    }

    @Test
    void refuses_two_scores_for_a_document() {
        assertRefused(scored(0, 1, 1), 3, 0, "Stub returned two scores for document 1 (3 scores for 3 documents)");
    }

    @Test
    void refuses_an_index_outside_the_list() {
        assertRefused(
                scored(0, 1, 3),
                3,
                0,
                "Stub returned a score for index 3 of a request with indexes 0 to 2 (3 scores for 3 documents)");
        assertRefused(
                scored(0, -1),
                2,
                0,
                "Stub returned a score for index -1 of a request with indexes 0 to 1 (2 scores for 2 documents)");
    }

    @Test
    void refuses_what_is_no_number() {
        for (double score : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertRefused(
                    List.of(new Scored(0, score)), 1, 7, "Stub returned no finite number as the score of document 7");
        }
    }

    private static void assertRefused(List<Scored> scored, int size, int first, String message) {
        assertThatExceptionOfType(UnusableAnswerException.class)
                .isThrownBy(() -> AnswerReader.inOrder("Stub", scored, size, first))
                .withMessage(message);
    }

    private static List<Scored> scored(int... indexes) {
        return Arrays.stream(indexes)
                .mapToObj(index -> new Scored(index, index / 10.0))
                .toList();
    }
}
