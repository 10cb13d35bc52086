package dev.langchain4j.rerank.api;

/**
 * What becomes of a document that is blank. Some services refuse a whole request for it and others score it, so it is
 * never sent. LangChain4j's text segments are never blank; the strings of its async API may be.
 */
public enum BlankDocuments {
    /** The call is refused with an {@link IllegalArgumentException} that names the document's index. */
    REFUSE,

    /** It gets the lowest score: 0 where scores are probabilities, else {@code -Float.MAX_VALUE}. */
    SCORE_LOWEST
}
