package dev.langchain4j.rerank.api;

import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** The clocks and the waiting of the engine. The defaults are the real ones; tests bring their own. */
interface Timing {

    /** Real clocks, real waits. */
    Timing SYSTEM = new Timing() {};

    /** The time of day, which dates in headers are compared with. */
    default Instant now() {
        return Instant.now();
    }

    /** Nanoseconds from any origin, never going back. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** A number from 0 to 1, another one each time. */
    default double jitter() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Who runs things later. */
    default Scheduler scheduler(ScheduledExecutorService timer) {
        return Scheduler.of(timer);
    }

    /** When a call has to be over. */
    record Deadline(Timing timing, long endNanos) {

        /** A deadline that is {@code duration} away. */
        static Deadline in(Duration duration, Timing timing) {
            return new Deadline(timing, timing.nanoTime() + duration.toNanos());
        }

        /** What is left; negative once it is over. */
        Duration left() {
            return Duration.ofNanos(endNanos - timing.nanoTime());
        }
    }
}
