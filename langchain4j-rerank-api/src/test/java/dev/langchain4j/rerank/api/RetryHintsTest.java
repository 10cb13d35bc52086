package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After        | 3                             | PT3S",
                "Retry-After        | 1.5                           | PT1.5S",
                "Retry-After        | 0                             | PT0S",
                "Retry-After        | Tue, 24 Nov 2026 12:00:07 GMT | PT7S",
                "retry-after-ms     | 250                           | PT0.25S",
                "X-RateLimit-Reset  | 20                            | PT20S",
                "X-RateLimit-Reset  | 0.5                           | PT0.5S",
                "X-RateLimit-Reset  | 1795521605                    | PT5S",
            })
    void reads_each_way_to_ask_for_a_wait(String header, String value, Duration expected) {
        assertThat(hints(header, value).delay()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "soon", "", "NaN", "Infinity", "1e3", "Tue, 24 Nov 2026 11:59:59 GMT", "0x10", "3 s"})
    void takes_no_notice_of_what_makes_no_sense(String value) {
        assertThat(hints("Retry-After", value).delay()).isNull();
    }

    @Test
    void takes_no_notice_of_a_reset_that_has_passed() {
        assertThat(hints("X-RateLimit-Reset", "1795521599").delay()).isNull();
    }

    @Test
    void takes_a_number_too_large_for_a_clock_as_very_long() {
        assertThat(hints("Retry-After", "9".repeat(18)).delay()).isGreaterThan(Duration.ofDays(365));
        assertThat(hints("X-RateLimit-Reset", "9".repeat(18)).delay()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void prefers_milliseconds_to_seconds_to_the_reset() {
        assertThat(hints("X-RateLimit-Reset", "3", "Retry-After", "2", "retry-after-ms", "1000")
                        .delay())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(hints("X-RateLimit-Reset", "3", "Retry-After", "2", "retry-after-ms", "-1")
                        .delay())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(hints("X-RateLimit-Reset", "3", "Retry-After", "later").delay())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void reads_whether_to_send_again_at_all() {
        assertThat(hints("x-should-retry", "true").shouldRetry()).isTrue();
        assertThat(hints("x-should-retry", "false").shouldRetry()).isFalse();
        assertThat(hints("x-should-retry", "maybe").shouldRetry()).isNull();
        assertThat(hints("Retry-After", "3").shouldRetry()).isNull();
    }

    private static RetryHints hints(String... headers) {
        return RetryHints.of(Headers.of(headers), NOON);
    }
}
