package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hub, or the store that it sent us to, answered with an error. */
final class HubStatusException extends IOException {

    private static final long serialVersionUID = 1L;

    // what huggingface_hub tries again
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

    private final URI server;
    private final int status;
    private final String code;
    private final @Nullable String retryAfter;

    HubStatusException(HttpResponse<?> response) {
        super("HTTP " + response.statusCode());
        this.server = response.uri();
        this.status = response.statusCode();
        this.code = response.headers().firstValue("X-Error-Code").orElse("");
        this.retryAfter = response.headers().firstValue("Retry-After").orElse(null);
    }

    /** Who answered. Of the address only this much: the rest may be signed. */
    String server() {
        String port = server.getPort() < 0 ? "" : ":" + server.getPort();
        return server.getScheme() + "://" + server.getHost() + port;
    }

    boolean isFrom(URI endpoint) {
        return HubHttp.sameOrigin(endpoint, server);
    }

    int status() {
        return status;
    }

    /** The hub's name for it, such as {@code GatedRepo} or {@code RevisionNotFound}; empty if it gives none. */
    String code() {
        return code;
    }

    /** What the server asks us to wait, in its words; null if it does not. */
    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    /** Whether trying again may help. */
    boolean passes() {
        return TRANSIENT.contains(status);
    }

    /** How long the server asks us to wait, from now; null if it does not say. */
    @Nullable
    Duration retryAfter(Clock clock) {
        if (retryAfter == null) {
            return null;
        }
        if (retryAfter.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter));
        }
        try {
            Instant until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
