package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.api.AttemptOutcome.Refused;
import dev.langchain4j.rerank.api.AttemptOutcome.Unreachable;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRulesTest {

    private static final Duration AGES = Duration.ofHours(1);
    private static final RetryRules LONGEST = new RetryRules(() -> 1);
    private static final RetryRules SHORTEST = new RetryRules(() -> 0);

    @ParameterizedTest
    @ValueSource(ints = {202, 408, 409, 429, 500, 502, 503, 504, 520, 524, 529, 599})
    void sends_again_what_may_pass(int status) {
        assertThat(LONGEST.waitAfter(status(status), 1, AGES)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 402, 403, 404, 405, 413, 415, 422, 424, 498, 499, 501, 505, 507})
    void never_sends_again_what_will_not_pass(int status) {
        assertThat(LONGEST.waitAfter(status(status), 1, AGES)).isNull();
    }

    @Test
    void what_the_service_says_about_sending_again_decides() {
        assertThat(LONGEST.waitAfter(refused(400, true, null), 1, AGES)).isNotNull();
        assertThat(LONGEST.waitAfter(refused(503, false, null), 1, AGES)).isNull();
    }

    @Test
    void backs_off_from_half_to_whole_of_a_second_and_doubles() {
        assertThat(IntStream.rangeClosed(1, 4).mapToObj(attempt -> LONGEST.waitAfter(status(500), attempt, AGES)))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(IntStream.rangeClosed(1, 3).mapToObj(attempt -> SHORTEST.waitAfter(status(500), attempt, AGES)))
                .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void waits_as_long_as_the_service_asks_up_to_a_minute() {
        assertThat(LONGEST.waitAfter(refused(429, null, Duration.ofSeconds(60)), 1, AGES))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(LONGEST.waitAfter(refused(429, null, Duration.ofMillis(60_001)), 1, AGES))
                .isNull();
    }

    @Test
    void gives_up_rather_than_wait_past_the_deadline() {
        assertThat(LONGEST.waitAfter(refused(429, null, Duration.ofSeconds(10)), 1, Duration.ofSeconds(11)))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(LONGEST.waitAfter(refused(429, null, Duration.ofSeconds(10)), 1, Duration.ofSeconds(10)))
                .isNull();
        assertThat(LONGEST.waitAfter(status(500), 1, Duration.ofMillis(900))).isNull();
        assertThat(LONGEST.waitAfter(status(500), 1, Duration.ofSeconds(-1))).isNull();
    }

    @Test
    void sends_again_after_a_lost_connection_and_a_timeout() {
        for (IOException cause : List.of(
                new ConnectException("refused"),
                new SocketTimeoutException("timeout"),
                new IOException("unexpected end of stream"),
                new SSLHandshakeException("Remote host terminated the handshake"))) {
            assertThat(LONGEST.waitAfter(new Unreachable(cause), 1, AGES)).isNotNull();
        }
    }

    @Test
    void never_sends_again_to_a_host_that_is_not_there_or_not_trusted() {
        SSLHandshakeException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException());
        for (IOException cause : List.of(
                new UnknownHostException("rerank.invalid"),
                new UnknownServiceException("CLEARTEXT communication not enabled for client"),
                new SSLPeerUnverifiedException("Hostname not verified"),
                untrusted)) {
            assertThat(LONGEST.waitAfter(new Unreachable(cause), 1, AGES)).isNull();
        }
    }

    @Test
    void never_sends_again_after_an_answer_whatever_it_is() {
        assertThat(LONGEST.waitAfter(new AttemptOutcome.Unusable(new UnusableAnswerException("short")), 1, AGES))
                .isNull();
        assertThat(LONGEST.waitAfter(
                        new AttemptOutcome.Answered(new AnswerReader.Answer(List.of(), Usage.none())), 1, AGES))
                .isNull();
    }

    private static AttemptOutcome status(int status) {
        return refused(status, null, null);
    }

    private static AttemptOutcome refused(int status, @Nullable Boolean shouldRetry, @Nullable Duration delay) {
        ErrorDetails error = ErrorDetails.none();
        return new Refused(status, ErrorKind.of(status, error), error, new RetryHints(shouldRetry, delay));
    }
}
