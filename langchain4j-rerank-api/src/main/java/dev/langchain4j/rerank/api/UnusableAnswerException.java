package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.NonRetriableException;

/**
 * A service returned status 200, but not one finite score per document, or not a readable body. The request is not
 * retried: the service was paid for this response and would return the same again.
 */
public final class UnusableAnswerException extends NonRetriableException {

    private static final long serialVersionUID = 1L;

    UnusableAnswerException(String message) {
        super(message);
    }

    UnusableAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
