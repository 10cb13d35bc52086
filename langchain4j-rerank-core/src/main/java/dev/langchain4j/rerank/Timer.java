package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock and the scheduler of deadlines. Tests replace it, so that none has to wait. */
interface Timer {

    /** Returns the current time in nanoseconds, as {@link System#nanoTime()}. */
    long nanos();

    /**
     * Schedules an action.
     *
     * @param action quick, as all deadlines share one thread
     * @return cancels the action if it has not run yet
     */
    Runnable after(long nanos, Runnable action);

    /** Returns the timer of the system. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }

    /** Runs actions on one daemon thread, which ends when no deadline is pending. */
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

    /** Returns a duration in nanoseconds; one that exceeds the range is treated as unlimited. */
    static long nanosOf(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
