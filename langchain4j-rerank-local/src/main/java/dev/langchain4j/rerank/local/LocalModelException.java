package dev.langchain4j.rerank.local;

import dev.langchain4j.exception.LangChain4jException;

/**
 * A model in this JVM could not do its part: a file of it is damaged, its engine refused to run, or it answered
 * something that is not one finite number a pair. Trying again with the same files and texts gives the same.
 */
public final class LocalModelException extends LangChain4jException {

    private static final long serialVersionUID = 1L;

    LocalModelException(String message) {
        super(message);
    }

    public LocalModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
