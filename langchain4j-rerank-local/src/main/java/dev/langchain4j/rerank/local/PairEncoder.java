package dev.langchain4j.rerank.local;

/** Makes the tokens that a model reads of a query and a passage. Safe for many threads, {@link #close()} included. */
interface PairEncoder extends AutoCloseable {

    /** Tokens that a pair has at most. */
    int maxLength();

    /**
     * Prepares a query for all its passages.
     *
     * @throws ClosedModelException after {@link #close()}
     */
    Query query(String query);

    @Override
    void close();

    /** A query as its passages join it. Safe for many threads. */
    interface Query {

        /** Tokens that a pair has besides those of the passage, about. */
        int length();

        /** The query with a passage, cut to what {@code maxLength} leaves it. */
        TokenSequence with(String passage);
    }
}
