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

    /** The time of day, to compare with dates in headers. */
    default Instant now() {
        return Instant.now();
    }

    /** Nanoseconds from any origin, never going back. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** A new random number from 0 to 1. */
    default double jitter() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Runs tasks after a delay. */
    default Scheduler scheduler(ScheduledExecutorService timer) {
        return Scheduler.of(timer);
    }

    /** The time at which a call must be complete. */
    record Deadline(Clocks clocks, long endNanos) {

        /** A deadline {@code duration} from now. */
        static Deadline in(Duration duration, Clocks clocks) {
            return new Deadline(clocks, clocks.nanoTime() + duration.toNanos());
        }

        /** The time left; negative after the deadline. */
        Duration left() {
            return Duration.ofNanos(endNanos - clocks.nanoTime());
        }
    }
}
