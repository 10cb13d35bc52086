package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubRetryTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final List<Duration> waits = new ArrayList<>();
    private final HubRetry retry = new HubRetry(Clock.fixed(NOW, ZoneOffset.UTC), waits::add);
    private int attempts;

    @Test
    void waits_twice_as_long_each_time_and_gives_up_after_five_attempts() {
        assertThatThrownBy(() -> retry.call(
                        () -> {
                            attempts++;
                            throw new IOException("cut");
                        },
                        () -> 0))
                .isInstanceOf(IOException.class)
                .hasMessage("cut");
        assertThat(attempts).isEqualTo(5);
        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void counts_anew_after_an_attempt_that_brought_a_mebibyte() throws Exception {
        // given
        AtomicLong received = new AtomicLong();

        // when
        String answer = retry.call(
                () -> {
                    attempts++;
                    if (attempts == 20) {
                        return "all";
                    }
                    received.addAndGet(1 << 20);
                    throw new IOException("cut");
                },
                received::get);

        // then
        assertThat(answer).isEqualTo("all");
        assertThat(waits).hasSize(19).containsOnly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void tries_again_after_a_status_that_passes(int status) throws Exception {
        assertThat(retry.call(failingOnceWith(new HubStatusException(response(status, Map.of()))), () -> 0))
                .isEqualTo("answer");
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 416, 501})
    void does_not_try_again_after_any_other_status(int status) {
        assertThatThrownBy(() ->
                        retry.call(failingOnceWith(new HubStatusException(response(status, Map.of()))), () -> 0))
                .isInstanceOf(HubStatusException.class)
                .hasMessage("HTTP " + status);
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "120, 120",
        "'Tue, 24 Nov 2026 12:01:30 GMT', 90",
        "'Tue, 24 Nov 2026 11:00:00 GMT', 0",
        "soon, 1",
        "-5, 1"
    })
    void waits_as_long_as_the_server_asks(String retryAfter, int seconds) throws Exception {
        // given
        IOException busy = new HubStatusException(response(429, Map.of("Retry-After", List.of(retryAfter))));

        // when
        retry.call(failingOnceWith(busy), () -> 0);

        // then
        assertThat(waits).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    void does_not_wait_longer_than_two_minutes() {
        IOException busy = new HubStatusException(response(429, Map.of("Retry-After", List.of("121"))));

        assertThatThrownBy(() -> retry.call(failingOnceWith(busy), () -> 0)).isSameAs(busy);
        assertThat(waits).isEmpty();
    }

    @Test
    void does_not_try_again_where_it_cannot_help() {
        for (IOException hopeless : List.of(new HubProtocolException("x"), new SSLHandshakeException("x"))) {
            assertThatThrownBy(() -> retry.call(failingOnceWith(hopeless), () -> 0))
                    .isSameAs(hopeless);
        }
        assertThat(waits).isEmpty();
    }

    private HubRetry.Attempt<String> failingOnceWith(IOException failure) {
        Iterator<IOException> failures = List.of(failure).iterator();
        return () -> {
            if (failures.hasNext()) {
                throw failures.next();
            }
            return "answer";
        };
    }

    private static HttpResponse<Void> response(int status, Map<String, List<String>> headers) {
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true));
    }

    private record Answer(int statusCode, HttpHeaders headers) implements HttpResponse<Void> {

        @Override
        public HttpRequest request() {
            return HttpRequest.newBuilder(uri()).build();
        }

        @Override
        public Optional<HttpResponse<Void>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Void body() {
            return null;
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return URI.create("https://hub.example/acme/tiny?Signature=secret");
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
