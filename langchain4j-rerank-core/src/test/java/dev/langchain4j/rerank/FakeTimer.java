package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time that passes when a test says so. */
final class FakeTimer implements Timer {

    private record Alarm(long nanos, Runnable action) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Runnable after(long nanos, Runnable action) {
        Alarm alarm = new Alarm(now + nanos, action);
        alarms.add(alarm);
        return () -> callOff(alarm);
    }

    private synchronized void callOff(Alarm alarm) {
        alarms.remove(alarm);
    }

    /** Lets time pass and runs what is due, on the thread of the caller. */
    void advance(Duration duration) {
        due(duration).forEach(alarm -> alarm.action().run());
    }

    private synchronized List<Alarm> due(Duration duration) {
        now += duration.toNanos();
        List<Alarm> due = alarms.stream().filter(alarm -> alarm.nanos() <= now).toList();
        alarms.removeAll(due);
        return due;
    }

    synchronized int pending() {
        return alarms.size();
    }
}
