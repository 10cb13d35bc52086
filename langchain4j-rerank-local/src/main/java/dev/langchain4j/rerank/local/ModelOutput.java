package dev.langchain4j.rerank.local;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Which output tensor of the network is read. If the network has only one, that one is used. */
enum ModelOutput {

    /** The numbers of a whole sequence: one logit, or one per class. */
    LOGITS("a cross-encoder has one, or one named logits", "logits") {
        @Override
        float[] of(Answer answer, int row, TokenSequence sequence) {
            return answer.numbers(row, 0, answer.perRow());
        }
    },

    /** The vectors of all tokens, one after the other. */
    TOKEN_VECTORS(
            "a late-interaction model has one, or one named token_embeddings or last_hidden_state",
            "token_embeddings",
            "last_hidden_state") {
        @Override
        float[] of(Answer answer, int row, TokenSequence sequence) {
            return answer.numbers(row, 0, sequence.length() * answer.perToken());
        }
    },

    /** The next-token logits after the last token: one per token of the vocabulary. */
    NEXT_TOKEN("a causal language model has one, or one named logits", "logits") {
        @Override
        float[] of(Answer answer, int row, TokenSequence sequence) {
            // some graphs return the last token only
            int last = Math.min(sequence.length(), answer.tokens()) - 1;
            return answer.numbers(row, last * answer.perToken(), answer.perToken());
        }
    };

    private final String expectation;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<String> names;

    ModelOutput(String expectation, String... names) {
        this.expectation = expectation;
        this.names = List.of(names);
    }

    /** The outputs that are expected, for messages. */
    String expectation() {
        return expectation;
    }

    /** The names of this output, the best first. */
    List<String> names() {
        return names;
    }

    abstract float[] of(Answer answer, int row, TokenSequence sequence);

    /**
     * Returns the numbers of each sequence of a run.
     *
     * @param numbers all numbers of the output
     * @param shape its shape
     * @throws IllegalArgumentException if the shape does not fit this output
     */
    float[][] rows(FloatBuffer numbers, long[] shape, List<TokenSequence> sequences) {
        Answer answer = new Answer(numbers, shape, sequences.size());
        if (answer.perRow() == 0 || numbers.remaining() % sequences.size() != 0) {
            throw answer.unlike("a row for each of " + sequences.size());
        }
        float[][] rows = new float[sequences.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = of(answer, row, sequences.get(row));
        }
        return rows;
    }

    /** Numbers in rows, and optionally one vector per token in each row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(FloatBuffer buffer, long[] shape, int rows) {

        private int perRow() {
            return buffer.remaining() / rows;
        }

        private int tokens() {
            if (shape.length != 3) {
                throw unlike("a vector a token");
            }
            return (int) shape[1];
        }

        private int perToken() {
            int tokens = tokens();
            return tokens == 0 ? 0 : perRow() / tokens;
        }

        private float[] numbers(int row, int from, int length) {
            if (from + length > perRow()) {
                throw unlike("a vector a token");
            }
            float[] numbers = new float[length];
            buffer.get(row * perRow() + from, numbers);
            return numbers;
        }

        private IllegalArgumentException unlike(String expected) {
            return new IllegalArgumentException(
                    "numbers of the shape %s, expected %s".formatted(Arrays.toString(shape), expected));
        }
    }
}
