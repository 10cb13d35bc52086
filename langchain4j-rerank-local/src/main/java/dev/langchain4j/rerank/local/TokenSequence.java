package dev.langchain4j.rerank.local;

/**
 * The tokens of one input of a model, special tokens included: a query and a passage together, or a text alone.
 *
 * @param tokenIds not shared, never modified
 * @param typeIds one per token: which of the two texts, as the tokenizer numbers them
 * @param attended number of tokens, from the first on, that the others attend to; the remaining tokens are attended by
 *     none
 * @param truncated whether the passage or the query was cut
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
record TokenSequence(int[] tokenIds, int[] typeIds, int attended, boolean truncated) {

    /** All tokens attend to all. */
    TokenSequence(int[] tokenIds, int[] typeIds, boolean truncated) {
        this(tokenIds, typeIds, tokenIds.length, truncated);
    }

    int length() {
        return tokenIds.length;
    }
}
