package dev.langchain4j.rerank.scoring;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;

/** A model in a fallback chain, with the circuit breaker that skips it while it fails. */
record FallbackLink(String name, InnerModel model, CircuitBreaker breaker) {

    static FallbackLink guarded(String name, InnerModel model, int openAfter, Duration openFor, Clock clock) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(openAfter, openAfter, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100) // all of the last calls: failures in a row
                .waitDurationInOpenState(openFor)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .build();
        return new FallbackLink(name, model, CircuitBreaker.of(name, config));
    }

    static FallbackLink unguarded(String name, InnerModel model) {
        CircuitBreaker breaker = CircuitBreaker.ofDefaults(name);
        breaker.transitionToDisabledState();
        return new FallbackLink(name, model, breaker);
    }

    /** Whether the model may be called; if so, one of the three methods below must follow. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    void succeeded() {
        breaker.onSuccess(0, NANOSECONDS);
    }

    void failed(Throwable failure) {
        breaker.onError(0, NANOSECONDS, failure);
    }

    /** Gives the permission back: neither a success nor a failure of the model. */
    void withdrawn() {
        breaker.releasePermission();
    }
}
