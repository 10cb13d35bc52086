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
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.rerank.api.AttemptOutcome.Refused;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Maps each failure of a request to LangChain4j's exception. Messages contain no key and no text. */
final class ExceptionMapper {

    private ExceptionMapper() {}

    /**
     * Returns the exception for an error of the service; its cause has the HTTP status.
     *
     * @param attempts for instance {@code attempt 2 of 3}
     */
    static LangChain4jException refused(Endpoint endpoint, Refused refused, String attempts) {
        ErrorDetails error = refused.error();
        String message = endpoint.name() + " returned HTTP " + refused.status()
                + (error.message() == null ? "" : ": " + error.message())
                + advice(endpoint, refused.kind())
                + details(refused, attempts);
        return exception(refused.kind(), message, new HttpException(refused.status(), "HTTP " + refused.status()));
    }

    /** Returns the exception for an attempt without a response. */
    static LangChain4jException unreachable(Endpoint endpoint, IOException cause, String attempts) {
        String where = "%s at %s".formatted(endpoint.name(), RequestLog.address(endpoint.url()));
        if (cause instanceof InterruptedIOException) {
            return new TimeoutException(
                    "%s did not respond within %s or the rest of the deadline (%s)"
                            .formatted(where, seconds(endpoint.timeout()), attempts),
                    cause);
        }
        if (cause instanceof UnknownHostException) {
            return new UnresolvedModelServerException(
                    "%s cannot be found; check baseUrl (%s)".formatted(where, attempts), cause);
        }
        String message = "%s cannot be reached: %s (%s)".formatted(where, firstLine(cause), attempts);
        return RetryRules.retriable(cause)
                ? new RetriableException(message, cause)
                : new NonRetriableException(message, cause);
    }

    private static String firstLine(IOException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String details(Refused refused, String attempts) {
        List<String> details = new ArrayList<>();
        if (refused.error().code() != null) {
            details.add("code " + refused.error().code());
        }
        if (refused.error().requestId() != null) {
            details.add("request id " + refused.error().requestId());
        }
        details.add(attempts);
        if (refused.hints().delay() != null) {
            details.add("asked to wait " + seconds(refused.hints().delay()));
        }
        return " (" + String.join("; ", details) + ")";
    }

    private static String advice(Endpoint endpoint, ErrorKind kind) {
        return switch (kind) {
            case AUTHENTICATION -> "; check the API key and what it may do";
            case BILLING -> "; the account has no balance or has reached its limit";
            case MODEL -> "; check modelName" + (endpoint.modelName() == null ? "" : ", now " + endpoint.modelName());
            case WRONG_PATH -> "; there is no endpoint at " + RequestLog.address(endpoint.url()) + ", check baseUrl";
            default -> "";
        };
    }

    private static LangChain4jException exception(ErrorKind kind, String message, HttpException cause) {
        return switch (kind) {
            case AUTHENTICATION -> new AuthenticationException(message, cause);
            case BILLING -> new NonRetriableException(message, cause);
            case MODEL -> new ModelNotFoundException(message, cause);
            case WRONG_PATH, INVALID_REQUEST, CONFLICT -> new InvalidRequestException(message, cause);
            case CONTENT -> new ContentFilteredException(message, cause);
            case UNSUPPORTED -> unsupported(message, cause);
            case RATE_LIMIT, QUOTA -> new RateLimitException(message, cause);
            case TIMEOUT -> new TimeoutException(message, cause);
            case SERVER, SERVER_PERMANENT -> new InternalServerException(message, cause);
        };
    }

    /** Adds the cause, for which the exception has no constructor. */
    private static UnsupportedFeatureException unsupported(String message, HttpException cause) {
        UnsupportedFeatureException exception = new UnsupportedFeatureException(message);
        exception.initCause(cause);
        return exception;
    }
}
