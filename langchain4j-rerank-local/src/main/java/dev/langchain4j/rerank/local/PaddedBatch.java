package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;

/**
 * Sequences as the rectangle that an engine reads, row by row, shorter ones padded on the right.
 *
 * @param mask 1 for a token that is attended to, 0 for others and for padding
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the engine, never compared
record PaddedBatch(int rows, int columns, long[] tokenIds, long[] mask, long[] typeIds) {

    static PaddedBatch of(List<TokenSequence> sequences) {
        int rows = sequences.size();
        int columns = sequences.stream().mapToInt(TokenSequence::length).max().orElse(0);
        PaddedBatch batch = new PaddedBatch(
                rows, columns, new long[rows * columns], new long[rows * columns], new long[rows * columns]);
        for (int row = 0; row < rows; row++) {
            batch.fill(row * columns, sequences.get(row));
        }
        return batch;
    }

    /** The value of padding does not matter, since the mask hides it: the zeros stay. */
    private void fill(int from, TokenSequence sequence) {
        for (int i = 0; i < sequence.length(); i++) {
            tokenIds[from + i] = sequence.tokenIds()[i];
            typeIds[from + i] = sequence.typeIds()[i];
        }
        Arrays.fill(mask, from, from + sequence.attended(), 1);
    }

    /** The index of each column, from 0; padding, which is on the right, moves no token. */
    long[] positions() {
        long[] positions = new long[rows * columns];
        Arrays.setAll(positions, index -> index % columns);
        return positions;
    }

    long[] shape() {
        return new long[] {rows, columns};
    }
}
