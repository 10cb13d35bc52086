package dev.langchain4j.rerank.api.protocol;

/** Meaning of an error of the service; decides the exception and whether the request is retried. */
public enum ErrorKind {
    /** The key is missing, wrong or lacks a permission. */
    AUTHENTICATION(false),

    /** No balance, or a spending limit is reached. */
    BILLING(false),

    /** The service has no such model, or the model cannot rerank. */
    MODEL(false),

    /** There is no endpoint at this path: {@code baseUrl} is wrong. */
    WRONG_PATH(false),

    /** The service refuses the request. */
    INVALID_REQUEST(false),

    /** The service refuses the content of the texts. */
    CONTENT(false),

    /** The server was started without this function. */
    UNSUPPORTED(false),

    /** The service is busy with the same request; retriable. */
    CONFLICT(true),

    /** Too many requests or tokens in a short time; retriable. */
    RATE_LIMIT(true),

    /** A quota is used up; waiting seconds does not help. */
    QUOTA(false),

    /** The service timed out internally; retriable. */
    TIMEOUT(true),

    /** The service failed; retriable. */
    SERVER(true),

    /** The service failed and will fail again on the same request. */
    SERVER_PERMANENT(false);

    private final boolean retriable;

    ErrorKind(boolean retriable) {
        this.retriable = retriable;
    }

    /** Returns whether the same request may succeed a little later, so that it is retried. */
    public boolean retriable() {
        return retriable;
    }

    /** Returns the meaning of a status at most services. */
    public static ErrorKind of(int status, ErrorDetails error) {
        return switch (status) {
            case 202 -> SERVER; // still running, no response yet
            case 401, 403, 498 -> AUTHENTICATION;
            case 402 -> BILLING;
            case 404 -> saysNothing(error) ? WRONG_PATH : MODEL;
            case 405 -> WRONG_PATH;
            case 408 -> TIMEOUT;
            case 409 -> CONFLICT;
            case 429 -> RATE_LIMIT;
            case 499, 505, 507 -> SERVER_PERMANENT;
            case 501 -> UNSUPPORTED;
            default -> status >= 500 ? SERVER : INVALID_REQUEST;
        };
    }

    /** Returns whether a 404 is the web server's own, which has no body, a page, or the bare reason phrase. */
    private static boolean saysNothing(ErrorDetails error) {
        return error.code() == null
                && (error.message() == null || error.message().equalsIgnoreCase("not found"));
    }
}
