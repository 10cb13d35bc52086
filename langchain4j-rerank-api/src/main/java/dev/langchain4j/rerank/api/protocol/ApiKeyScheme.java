package dev.langchain4j.rerank.api.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a service receives its API key: the header, and the default source of the key. It contains no key.
 *
 * @param header name of the header; null if the service has no key or uses other credentials (a signature, a token)
 * @param prefix the text before the key in the header, with its space; may be empty
 * @param environmentVariables variables that are read if the user sets no key, in this order
 * @param required whether requests without a key are refused
 */
public record ApiKeyScheme(
        @Nullable String header, String prefix, List<String> environmentVariables, boolean required) {

    /** Keeps an unmodifiable copy of the names. */
    public ApiKeyScheme {
        environmentVariables = List.copyOf(environmentVariables);
    }

    /** No key. */
    public static ApiKeyScheme none() {
        return new ApiKeyScheme(null, "", List.of(), false);
    }

    /** {@code Authorization: Bearer <key>}, required. */
    public static ApiKeyScheme bearer(String... environmentVariables) {
        return new ApiKeyScheme("Authorization", "Bearer ", List.of(environmentVariables), true);
    }

    /** The key alone in a header of the service, required. */
    public static ApiKeyScheme header(String header, String... environmentVariables) {
        return new ApiKeyScheme(header, "", List.of(environmentVariables), true);
    }

    /** Returns the same scheme for a service that may work without a key: then the header is not sent. */
    public ApiKeyScheme optional() {
        return new ApiKeyScheme(header, prefix, environmentVariables, false);
    }
}
