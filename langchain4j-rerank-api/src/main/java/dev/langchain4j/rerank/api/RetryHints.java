package dev.langchain4j.rerank.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The hints of a service about retries.
 *
 * @param shouldRetry whether the request should be retried at all; null if the service gives no hint
 * @param delay the requested delay; null if the service gives none
 */
record RetryHints(@Nullable Boolean shouldRetry, @Nullable Duration delay) {

    /** The request may be retried at once. */
    static final RetryHints AT_ONCE = new RetryHints(true, Duration.ZERO);

    private static final String DECIMAL = "\\d{1,18}(\\.\\d{1,9})?";

    /** A reset below this many seconds is a delay; from it on, a time since 1970. */
    private static final BigDecimal SMALLEST_EPOCH =
            BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

    private static final BigDecimal LONGEST_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(3650).toMillis());

    /**
     * Reads {@code x-should-retry}; then the first valid one of {@code retry-after-ms}, {@code Retry-After} (as decimal
     * seconds or date) and {@code X-RateLimit-Reset} (seconds since 1970, or seconds). A time in the past and a value
     * that is not a number are not valid.
     */
    static RetryHints of(Headers headers, Instant now) {
        Duration wait = Stream.of(
                        millis(headers.get("retry-after-ms"), BigDecimal.ONE),
                        millis(headers.get("Retry-After"), BigDecimal.valueOf(1000)),
                        until(headers.getInstant("Retry-After"), now),
                        reset(headers.get("X-RateLimit-Reset"), now))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        return new RetryHints(yesOrNo(headers.get("x-should-retry")), wait);
    }

    private static @Nullable Boolean yesOrNo(@Nullable String value) {
        if ("true".equalsIgnoreCase(value)) {
            return true;
        }
        return "false".equalsIgnoreCase(value) ? false : null;
    }

    private static Optional<Duration> millis(@Nullable String number, BigDecimal unitMillis) {
        return decimal(number)
                .map(unitMillis::multiply)
                .map(LONGEST_MILLIS::min)
                .map(millis -> Duration.ofMillis(millis.longValue()));
    }

    private static Optional<Duration> reset(@Nullable String value, Instant now) {
        Optional<BigDecimal> seconds = decimal(value);
        if (seconds.isPresent() && seconds.get().compareTo(SMALLEST_EPOCH) >= 0) {
            BigDecimal moment = seconds.get().min(BigDecimal.valueOf(Instant.MAX.getEpochSecond()));
            return until(Instant.ofEpochSecond(moment.longValue()), now);
        }
        return millis(value, BigDecimal.valueOf(1000));
    }

    private static Optional<Duration> until(@Nullable Instant moment, Instant now) {
        return Optional.ofNullable(moment).filter(now::isBefore).map(later -> Duration.between(now, later));
    }

    private static Optional<BigDecimal> decimal(@Nullable String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> text.matches(DECIMAL))
                .map(BigDecimal::new);
    }
}
