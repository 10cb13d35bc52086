package dev.langchain4j.rerank.local;

/**
 * The tokens of a query, without special tokens.
 *
 * @param tokenIds not shared, never changed
 * @param truncated whether the query was longer than it may be
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
record TokenizedQuery(int[] tokenIds, boolean truncated) {}
