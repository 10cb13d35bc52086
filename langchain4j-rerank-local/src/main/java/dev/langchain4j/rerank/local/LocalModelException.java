package dev.langchain4j.rerank.local;

import dev.langchain4j.exception.LangChain4jException;

/**
 * A local model failed: a file is damaged, the engine refused to run, or the result is not one finite number per pair.
 * A retry with the same files and texts fails again.
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
