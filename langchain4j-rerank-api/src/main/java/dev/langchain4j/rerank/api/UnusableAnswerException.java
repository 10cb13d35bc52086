package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.NonRetriableException;

/**
 * A service answered 200, but not with one finite score for each document, or not readably. Sending the request again
 * is not tried: the service was paid for this answer and would give it again.
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
