package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelOutputTest {

    private static final List<TokenSequence> THREE_AND_ONE_TOKENS = List.of(sequence(3), sequence(1));

    static Stream<long[]> shapes_of_one_logit() {
        return Stream.of(new long[] {2, 1}, new long[] {2}, new long[] {2, 1, 1});
    }

    @ParameterizedTest
    @MethodSource("shapes_of_one_logit")
    void one_logit_comes_in_any_shape(long... shape) {
        assertThat(ModelOutput.LOGITS.rows(FloatBuffer.wrap(new float[] {1, 2}), shape, THREE_AND_ONE_TOKENS))
                .isDeepEqualTo(new float[][] {{1}, {2}});
    }

    @Test
    void two_classes_come_two_a_row() {
        assertThat(rows(ModelOutput.LOGITS, 2, 2)).isDeepEqualTo(new float[][] {{0, 1}, {2, 3}});
    }

    @Test
    void vectors_of_padding_are_left_out() {
        assertThat(rows(ModelOutput.TOKEN_VECTORS, 2, 3, 2)).isDeepEqualTo(new float[][] {{0, 1, 2, 3, 4, 5}, {6, 7}});
    }

    @Test
    void what_comes_next_is_read_behind_the_last_token_of_each() {
        assertThat(rows(ModelOutput.NEXT_TOKEN, 2, 3, 2)).isDeepEqualTo(new float[][] {{4, 5}, {6, 7}});
    }

    @Test
    void a_graph_may_keep_what_comes_next_only() {
        assertThat(ModelOutput.NEXT_TOKEN.rows(counting(2), new long[] {1, 1, 2}, List.of(sequence(3))))
                .isDeepEqualTo(new float[][] {{0, 1}});
    }

    @Test
    void refuses_numbers_that_are_another_models() {
        assertRefused(ModelOutput.LOGITS, "numbers of the shape [3], expected a row for each of 2", 3);
        assertRefused(ModelOutput.LOGITS, "numbers of the shape [0], expected a row for each of 2", 0);
        assertRefused(ModelOutput.TOKEN_VECTORS, "numbers of the shape [2, 2], expected a vector a token", 2, 2);
        assertRefused(ModelOutput.TOKEN_VECTORS, "numbers of the shape [2, 2, 4], expected a vector a token", 2, 2, 4);
        assertRefused(ModelOutput.NEXT_TOKEN, "numbers of the shape [2, 2], expected a vector a token", 2, 2);
    }

    private static void assertRefused(ModelOutput output, String message, long... shape) {
        assertThatThrownBy(() -> rows(output, shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static float[][] rows(ModelOutput output, long... shape) {
        int count = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
        return output.rows(counting(count), shape, THREE_AND_ONE_TOKENS);
    }

    /** Numbers from 0 on. */
    private static FloatBuffer counting(int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            numbers.put(i, i);
        }
        return numbers;
    }

    private static TokenSequence sequence(int tokens) {
        return new TokenSequence(new int[tokens], new int[tokens], false);
    }
}
