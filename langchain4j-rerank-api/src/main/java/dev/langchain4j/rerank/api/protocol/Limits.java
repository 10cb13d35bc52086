package dev.langchain4j.rerank.api.protocol;

/**
 * What one request of a service may hold. A longer list is split, unless the model is listwise.
 *
 * @param documents most documents; {@link Integer#MAX_VALUE} is no bound
 * @param tokens most tokens, where the query counts once for each document; {@link Long#MAX_VALUE} is no bound. Tokens
 *     are estimated without a tokenizer, on the safe side
 * @param bytes most bytes of the body; {@link Long#MAX_VALUE} is no bound
 */
public record Limits(int documents, long tokens, long bytes) {

    private static final Limits NONE = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Refuses a bound below 1. */
    public Limits {
        if (documents < 1 || tokens < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits must be at least 1, got %d documents, %d tokens, %d bytes"
                    .formatted(documents, tokens, bytes));
        }
    }

    /** No bound at all. */
    public static Limits none() {
        return NONE;
    }

    /** At most this many documents, no other bound. */
    public static Limits ofDocuments(int documents) {
        return NONE.withDocuments(documents);
    }

    /** The same with another bound of documents. */
    public Limits withDocuments(int documents) {
        return new Limits(documents, tokens, bytes);
    }

    /** The same with another bound of tokens. */
    public Limits withTokens(long tokens) {
        return new Limits(documents, tokens, bytes);
    }

    /** The same with another bound of bytes. */
    public Limits withBytes(long bytes) {
        return new Limits(documents, tokens, bytes);
    }
}
