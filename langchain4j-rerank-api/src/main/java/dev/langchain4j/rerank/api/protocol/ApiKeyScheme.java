package dev.langchain4j.rerank.api.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a service takes its API key: the header, and where the key comes from by default. It holds no key.
 *
 * @param header the header's name; null if the service takes no key or gets another proof (a signature, a token)
 * @param prefix the text before the key in the header, with its space; may be empty
 * @param environmentVariables where the key is looked up if the user gives none, in this order
 * @param required whether nothing works without a key
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

    /** The bare key in a header of the service's own, required. */
    public static ApiKeyScheme header(String header, String... environmentVariables) {
        return new ApiKeyScheme(header, "", List.of(environmentVariables), true);
    }

    /** The same, but a request without a key may work too: then no header is sent. */
    public ApiKeyScheme optional() {
        return new ApiKeyScheme(header, prefix, environmentVariables, false);
    }
}
