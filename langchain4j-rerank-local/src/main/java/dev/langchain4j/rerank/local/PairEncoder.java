package dev.langchain4j.rerank.local;

/** Encodes queries and passages as the token sequences that a model reads. Thread-safe, {@link #close()} included. */
interface PairEncoder extends AutoCloseable {

    /** Returns the maximum number of tokens of a pair. */
    int maxLength();

    /**
     * Prepares a query for all its passages.
     *
     * @throws ClosedModelException after {@link #close()}
     */
    Query query(String query);

    @Override
    void close();

    /** A query, ready to be joined with its passages. Thread-safe. */
    interface Query {

        /** Returns the approximate number of tokens of a pair without those of the passage. */
        int length();

        /** Returns the query with a passage, cut to the tokens that {@code maxLength} leaves. */
        TokenSequence with(String passage);
    }
}
