package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;

/**
 * Pairs as the rectangle that an engine reads, row by row, shorter ones padded on the right.
 *
 * @param mask 1 for a token, 0 for padding
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the engine, never compared
record PaddedBatch(int rows, int columns, long[] tokenIds, long[] mask, long[] typeIds) {

    static PaddedBatch of(List<TokenizedPair> pairs) {
        int rows = pairs.size();
        int columns = pairs.stream().mapToInt(TokenizedPair::length).max().orElse(0);
        PaddedBatch batch = new PaddedBatch(
                rows, columns, new long[rows * columns], new long[rows * columns], new long[rows * columns]);
        for (int row = 0; row < rows; row++) {
            batch.fill(row * columns, pairs.get(row));
        }
        return batch;
    }

    /** What pads does not matter, since the mask hides it: the zeros stay. */
    private void fill(int from, TokenizedPair pair) {
        for (int i = 0; i < pair.length(); i++) {
            tokenIds[from + i] = pair.tokenIds()[i];
            typeIds[from + i] = pair.typeIds()[i];
        }
        Arrays.fill(mask, from, from + pair.length(), 1);
    }

    long[] shape() {
        return new long[] {rows, columns};
    }
}
