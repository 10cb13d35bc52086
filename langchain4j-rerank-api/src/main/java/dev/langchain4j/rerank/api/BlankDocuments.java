package dev.langchain4j.rerank.api;

/**
 * The handling of blank documents. Some services refuse a whole request for a blank document and others score it, so it
 * is never sent. LangChain4j's text segments are never blank; the strings of its async API may be.
 */
public enum BlankDocuments {
    /** The call is refused with an {@link IllegalArgumentException} that contains the document's index. */
    REFUSE,

    /** The document gets the lowest score: 0 if scores are probabilities, otherwise {@code -Float.MAX_VALUE}. */
    SCORE_LOWEST
}
