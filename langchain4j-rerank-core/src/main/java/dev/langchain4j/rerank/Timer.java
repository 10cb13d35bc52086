package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tells the time and wakes at a later one. Tests bring their own, so that nobody has to wait. */
interface Timer {

    /** Nanoseconds since some moment, as {@link System#nanoTime()}. */
    long nanos();

    /**
     * Runs an action later.
     *
     * @param action quick, as all deadlines share one thread
     * @return calls it off, if it did not run yet
     */
    Runnable after(long nanos, Runnable action);

    /** The real time. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }

    /** Wakes on one daemon thread, which goes when no deadline is pending. */
    final class SystemTimer implements Timer {

        private static final SystemTimer INSTANCE = new SystemTimer();

        private final ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, Threads.daemons("rerank-deadline"));

        private SystemTimer() {
            scheduler.setRemoveOnCancelPolicy(true);
            scheduler.setKeepAliveTime(Threads.IDLE.toSeconds(), TimeUnit.SECONDS);
            scheduler.allowCoreThreadTimeOut(true);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Runnable after(long nanos, Runnable action) {
            Future<?> pending = scheduler.schedule(action, nanos, TimeUnit.NANOSECONDS);
            return () -> pending.cancel(false);
        }
    }

    /** A duration in nanoseconds; one that is too long for that is as good as endless. */
    static long nanosOf(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
