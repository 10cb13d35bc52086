package dev.langchain4j.rerank.api;

import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** The clocks and the scheduler of the engine. The defaults are real; tests replace them. */
interface Clocks {

    /** The real clocks and the real scheduler. */
    Clocks SYSTEM = new Clocks() {};

    /** Returns the time of day, for comparison with dates in headers. */
    default Instant now() {
        return Instant.now();
    }

    /** Returns nanoseconds from an arbitrary origin; never decreases. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** Returns a new random number from 0 to 1. */
    default double jitter() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Runs tasks after a delay. */
    default Scheduler scheduler(ScheduledExecutorService timer) {
        return Scheduler.of(timer);
    }

    /** The time at which a call must be complete. */
    record Deadline(Clocks clocks, long endNanos) {

        /** Returns a deadline {@code duration} from now. */
        static Deadline in(Duration duration, Clocks clocks) {
            return new Deadline(clocks, clocks.nanoTime() + duration.toNanos());
        }

        /** Returns the remaining time; negative after the deadline. */
        Duration left() {
            return Duration.ofNanos(endNanos - clocks.nanoTime());
        }
    }
}
