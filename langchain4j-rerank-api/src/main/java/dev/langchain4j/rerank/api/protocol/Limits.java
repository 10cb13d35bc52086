package dev.langchain4j.rerank.api.protocol;

/**
 * The limits of one request of a service. A longer list is split, unless the model is listwise.
 *
 * @param documents maximum number of documents; {@link Integer#MAX_VALUE} for no limit
 * @param tokens maximum number of tokens, where the query counts once per document; {@link Long#MAX_VALUE} for no
 *     limit. Tokens are estimated without a tokenizer, and rather too high
 * @param bytes maximum size of the body in bytes; {@link Long#MAX_VALUE} for no limit
 */
public record Limits(int documents, long tokens, long bytes) {

    private static final Limits NONE = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Refuses limits below 1. */
    public Limits {
        if (documents < 1 || tokens < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits must be at least 1, got %d documents, %d tokens, %d bytes"
                    .formatted(documents, tokens, bytes));
        }
    }

    /** Returns limits without any bound. */
    public static Limits none() {
        return NONE;
    }

    /** Returns a limit on the number of documents only. */
    public static Limits ofDocuments(int documents) {
        return NONE.withDocuments(documents);
    }

    /** Returns the same limits with another maximum number of documents. */
    public Limits withDocuments(int documents) {
        return new Limits(documents, tokens, bytes);
    }

    /** Returns the same limits with another maximum number of tokens. */
    public Limits withTokens(long tokens) {
        return new Limits(documents, tokens, bytes);
    }

    /** Returns the same limits with another maximum number of bytes. */
    public Limits withBytes(long bytes) {
        return new Limits(documents, tokens, bytes);
    }
}
