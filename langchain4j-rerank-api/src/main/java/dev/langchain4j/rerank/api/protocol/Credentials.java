package dev.langchain4j.rerank.api.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request of a service shows who sends it: a key in a header.
 *
 * @param header the header's name; null if the service takes no key or gets another proof (a signature, a token)
 * @param prefix what stands before the key in the header, with its space; may be empty
 * @param environmentVariables where the key is looked for if the user gives none, in this order
 * @param required whether nothing works without a key
 */
public record Credentials(@Nullable String header, String prefix, List<String> environmentVariables, boolean required) {

    /** Keeps an unmodifiable copy of the names. */
    public Credentials {
        environmentVariables = List.copyOf(environmentVariables);
    }

    /** No key. */
    public static Credentials none() {
        return new Credentials(null, "", List.of(), false);
    }

    /** {@code Authorization: Bearer <key>}, required. */
    public static Credentials bearer(String... environmentVariables) {
        return new Credentials("Authorization", "Bearer ", List.of(environmentVariables), true);
    }

    /** The bare key in a header of the service's own, required. */
    public static Credentials header(String header, String... environmentVariables) {
        return new Credentials(header, "", List.of(environmentVariables), true);
    }

    /** The same, but a request without a key may work too: then no header is sent. */
    public Credentials optional() {
        return new Credentials(header, prefix, environmentVariables, false);
    }
}
