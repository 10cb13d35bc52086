package dev.langchain4j.rerank.scoring;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;

/** A model in a fallback chain, and the breaker that keeps calls away from it while it fails. */
record FallbackLink(String name, InnerModel model, CircuitBreaker breaker) {

    static FallbackLink guarded(String name, InnerModel model, int openAfter, Duration openFor, Clock clock) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(openAfter, openAfter, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100) // so many of so many: failures in a row
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

    /** Whether the model may be asked; then one of the three below must follow. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    void answered() {
        breaker.onSuccess(0, NANOSECONDS);
    }

    void failed(Throwable failure) {
        breaker.onError(0, NANOSECONDS, failure);
    }

    /** The call says nothing about the model. */
    void withdrawn() {
        breaker.releasePermission();
    }
}
