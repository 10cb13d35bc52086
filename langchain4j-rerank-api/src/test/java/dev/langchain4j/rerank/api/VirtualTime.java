package dev.langchain4j.rerank.api;

import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only moves when the engine waits, and then at once. Without jitter: waits are 1 s, 2 s, 4 s, … */
final class VirtualTime implements Clocks {

    static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public double jitter() {
        return 1;
    }

    @Override
    public Scheduler scheduler(ScheduledExecutorService timer) {
        return (task, delay, unit) -> {
            if (delay > 0) {
                waits.add(Duration.of(delay, unit.toChronoUnit()));
                nanos.addAndGet(unit.toNanos(delay));
            }
            return timer.schedule(task, 0, TimeUnit.NANOSECONDS);
        };
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Every wait up to now, in order. */
    List<Duration> waits() {
        return waits;
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos.get());
    }
}
