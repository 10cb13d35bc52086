package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries of transient failures: a broken connection, silence, HTTP 408, 429, 500, 502, 503 and 504. Five attempts,
 * one, two, four and eight seconds apart, or as far apart as the server requests, up to two minutes. An attempt that
 * downloads at least a mebibyte of a file restarts the count, so that a large download survives a bad connection and
 * still ends.
 */
final class HubRetry {

    private static final Logger LOG = LoggerFactory.getLogger(HubRetry.class);

    static final int MAX_ATTEMPTS = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final long PROGRESS = 1L << 20;

    private final Clock clock;
    private final Sleeper sleeper;

    HubRetry() {
        this(Clock.systemUTC(), wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
    }

    HubRetry(Clock clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Waits. */
    interface Sleeper {
        void sleep(Duration wait) throws InterruptedException;
    }

    /** One attempt. */
    interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs attempts until one succeeds.
     *
     * @param received number of bytes that are safe so far
     * @throws IOException the failure of the last attempt
     */
    <T> T call(Attempt<T> attempt, LongSupplier received) throws IOException, InterruptedException {
        int number = 1;
        while (true) {
            long before = received.getAsLong();
            try {
                return attempt.run();
            } catch (IOException e) {
                if (received.getAsLong() - before >= PROGRESS) {
                    number = 1;
                }
                Duration wait = waitAfter(e, number);
                if (wait == null) {
                    throw e;
                }
                LOG.debug("Attempt {} of {} failed, next in {}", number, MAX_ATTEMPTS, wait, e);
                sleeper.sleep(wait);
                number++;
            }
        }
    }

    /** Returns the time until the next attempt; null if a retry is pointless. */
    private @Nullable Duration waitAfter(IOException e, int number) {
        if (number >= MAX_ATTEMPTS) {
            return null;
        }
        // the server breaks the protocol, or is not the one that it claims to be
        if (e instanceof HubProtocolException || e instanceof SSLHandshakeException) {
            return null;
        }
        Duration backoff = FIRST_WAIT.multipliedBy(1L << (number - 1));
        if (e instanceof HubStatusException refused) {
            if (!refused.passes()) {
                return null;
            }
            Duration asked = refused.retryAfter(clock);
            if (asked != null) {
                return asked.compareTo(LONGEST_WAIT) <= 0 ? asked : null;
            }
        }
        return backoff;
    }
}
