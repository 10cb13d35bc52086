package dev.langchain4j.rerank.local;

/**
 * A query and a passage as one sequence of tokens, special tokens included.
 *
 * @param tokenIds not shared, never changed
 * @param typeIds one a token: which of the two texts, as the tokenizer numbers them
 * @param truncated whether the passage or the query was cut
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
record TokenizedPair(int[] tokenIds, int[] typeIds, boolean truncated) {

    int length() {
        return tokenIds.length;
    }
}
