package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The headers of every request, and the check that secrets are not sent unencrypted. */
final class RequestHeaders {

    private static final Pattern SECRET_NAME =
            Pattern.compile("auth|key|token|secret|cookie|password", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|127(\\.\\d+){3}|::1");

    /** A name of a header as RFC 9110 defines it. */
    private static final Pattern TOKEN = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

    private RequestHeaders() {}

    /**
     * Returns the headers of every request.
     *
     * @param key null if there is none: then its header is not sent
     * @param custom headers of the user, which take precedence
     */
    static Headers of(RerankProtocol protocol, @Nullable String key, Map<String, String> custom) {
        Headers.Builder headers = new Headers.Builder();
        protocol.headers().forEach(headers::set);
        ApiKeyScheme scheme = protocol.apiKeyScheme();
        if (key != null && scheme.header() != null) {
            headers.set(scheme.header(), scheme.prefix() + key);
        }
        custom.forEach(headers::set);
        return headers.build();
    }

    /** Checks headers of the user; the messages of OkHttp would repeat the value. Returns an unmodifiable copy. */
    static Map<String, String> checked(Map<String, String> custom) {
        custom.forEach((name, value) -> {
            if (name == null || !TOKEN.matcher(name).matches()) {
                throw new InvalidOptionException(
                        "customHeaders",
                        "customHeaders holds %s, which cannot be the name of a header".formatted(name));
            }
            if (value == null) {
                throw new InvalidOptionException(
                        "customHeaders",
                        "customHeaders holds null for %s: pass a value or leave it out".formatted(name));
            }
            requirePrintable("customHeaders", "the value of %s in customHeaders".formatted(name), value);
        });
        return Map.copyOf(custom);
    }

    /**
     * Refuses a value that cannot be part of a header.
     *
     * @param subject name of the value for the message, which does not contain the value
     */
    static String requirePrintable(String option, String subject, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw new InvalidOptionException(
                        option,
                        "%s must be printable ASCII, but is not at character %d of %d (a line break at the end?)"
                                .formatted(subject, i, value.length()));
            }
        }
        return value;
    }

    /** Returns whether one of the headers may be a secret, judged by its name. */
    static boolean holdSecret(Headers headers) {
        return headers.names().stream()
                .anyMatch(name -> SECRET_NAME.matcher(name).find());
    }

    /** Returns whether a connection cannot be read by others: TLS, or this machine. */
    static boolean safe(HttpUrl url) {
        return url.isHttps() || LOOPBACK.matcher(url.host()).matches();
    }
}
