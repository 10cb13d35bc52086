package dev.langchain4j.rerank.local;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** What is read of a network's answer. Of a network that has only one output, that one is. */
enum ModelOutput {

    /** The numbers of a whole sequence: one logit, or one a class. */
    LOGITS("a cross-encoder has one, or one named logits", "logits") {
        @Override
        float[] of(Answer answer, int row, TokenSequence sequence) {
            return answer.numbers(row, 0, answer.perRow());
        }
    },

    /** The vectors of all tokens, one behind the other. */
    TOKEN_VECTORS(
            "a late-interaction model has one, or one named token_embeddings or last_hidden_state",
            "token_embeddings",
            "last_hidden_state") {
        @Override
        float[] of(Answer answer, int row, TokenSequence sequence) {
            return answer.numbers(row, 0, sequence.length() * answer.perToken());
        }
    },

    /** The logits of what may follow the last token: one for each token of the vocabulary. */
    NEXT_TOKEN("a causal language model has one, or one named logits", "logits") {
        @Override
        float[] of(Answer answer, int row, TokenSequence sequence) {
            // some graphs answer for the last token only
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

    /** What outputs there should be, for messages. */
    String expectation() {
        return expectation;
    }

    /** Names that it goes by, the best first. */
    List<String> names() {
        return names;
    }

    abstract float[] of(Answer answer, int row, TokenSequence sequence);

    /**
     * What is read for each sequence of a run.
     *
     * @param numbers all that the network answered
     * @param shape of it
     * @throws IllegalArgumentException if the shape is another than this output has
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

    /** Numbers in rows, and in a row perhaps a vector a token. */
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
