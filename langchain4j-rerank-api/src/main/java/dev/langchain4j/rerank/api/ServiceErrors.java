package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;

/** LangChain4j's exception for each kind of error; the cause tells the HTTP status. */
final class ServiceErrors {

    private ServiceErrors() {}

    static LangChain4jException exception(ErrorKind kind, int status, String message) {
        HttpException cause = new HttpException(status, message);
        return switch (kind) {
            case AUTHENTICATION -> new AuthenticationException(message, cause);
            case BILLING -> new NonRetriableException(message, cause);
            case MODEL -> new ModelNotFoundException(message, cause);
            case WRONG_PATH, INVALID_REQUEST, CONFLICT -> new InvalidRequestException(message, cause);
            case CONTENT -> new ContentFilteredException(message, cause);
            case UNSUPPORTED -> unsupported(message, cause);
            case RATE_LIMIT, QUOTA -> new RateLimitException(message, cause);
            case TIMEOUT -> new TimeoutException(message, cause);
            case SERVER, SERVER_FOR_GOOD -> new InternalServerException(message, cause);
        };
    }

    /** It has no constructor with a cause. */
    private static UnsupportedFeatureException unsupported(String message, HttpException cause) {
        UnsupportedFeatureException exception = new UnsupportedFeatureException(message);
        exception.initCause(cause);
        return exception;
    }
}
