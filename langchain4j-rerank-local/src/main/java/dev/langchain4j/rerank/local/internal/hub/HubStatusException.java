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

/** An error response of the hub, or of the store that it redirected to. */
final class HubStatusException extends IOException {

    private static final long serialVersionUID = 1L;

    // the statuses that huggingface_hub retries
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

    /** Returns the responding host only: the rest of the address may be signed. */
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

    /**
     * Returns the hub's name for the error, such as {@code GatedRepo} or {@code RevisionNotFound}; empty if there is
     * none.
     */
    String code() {
        return code;
    }

    /** Returns the Retry-After header; null if there is none. */
    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    /** Returns whether a retry may help. */
    boolean passes() {
        return TRANSIENT.contains(status);
    }

    /** Returns the requested waiting time, from now; null if there is none. */
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
