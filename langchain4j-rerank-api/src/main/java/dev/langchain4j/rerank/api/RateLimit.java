package dev.langchain4j.rerank.api;

import dev.failsafe.RateLimiter;
import dev.failsafe.spi.Scheduler;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.rerank.internal.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The limits of requests and documents per minute that the user set, for all calls of a model together. Thread-safe.
 */
final class RateLimit {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final @Nullable RateLimiter<Object> requests;
    private final @Nullable RateLimiter<Object> documents;

    /**
     * Creates a limit; null means no limit.
     *
     * @param scheduler runs delayed requests
     */
    RateLimit(@Nullable Integer requestsPerMinute, @Nullable Integer documentsPerMinute, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.requests = limiter(requestsPerMinute);
        this.documents = limiter(documentsPerMinute);
    }

    /**
     * Reserves a slot for one request.
     *
     * @param left the remaining time of the deadline
     * @return completes when the request may be sent; fails with {@link RateLimitException} if that would be after the
     *     deadline
     */
    CompletableFuture<Void> turn(int documentCount, Duration left) {
        Duration requestWait = book(requests, 1, left);
        Duration documentWait = book(documents, documentCount, left);
        if (requestWait.isNegative() || documentWait.isNegative()) {
            return CompletableFuture.failedFuture(
                    new RateLimitException(
                            "not sent: the requests or documents a minute that this model may send leave no room before the deadline"));
        }
        return after(requestWait.compareTo(documentWait) > 0 ? requestWait : documentWait);
    }

    private static @Nullable RateLimiter<Object> limiter(@Nullable Integer perMinute) {
        return perMinute == null
                ? null
                : RateLimiter.burstyBuilder(perMinute, MINUTE).build();
    }

    private static Duration book(@Nullable RateLimiter<Object> limiter, int permits, Duration left) {
        return limiter == null ? Duration.ZERO : limiter.tryReservePermits(permits, left);
    }

    private CompletableFuture<Void> after(Duration wait) {
        if (wait.isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        Future<?> timer = scheduler.schedule(() -> turn.complete(null), wait.toNanos(), TimeUnit.NANOSECONDS);
        Futures.onCompletion(turn, (now, failure) -> timer.cancel(false));
        return turn;
    }
}
