package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.AttemptOutcome.Refused;
import dev.langchain4j.rerank.api.AttemptOutcome.Unreachable;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a request is retried, and after which delay. A rerank request changes nothing at the service, so
 * it may be repeated; the price is a second charge if the first one was billed.
 *
 * @param jitter returns a new number from 0 to 1 each time
 */
record RetryRules(DoubleSupplier jitter) {

    /** The longest delay: if a service requests more, the request fails. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

    /**
     * Returns the delay before the next attempt; null if there is none.
     *
     * @param attempt number of attempts so far, from 1
     * @param left the remaining time of the deadline
     */
    @Nullable
    Duration waitAfter(AttemptOutcome outcome, int attempt, Duration left) {
        if (!worthRepeating(outcome)) {
            return null;
        }
        Duration asked = outcome instanceof Refused refused ? refused.hints().delay() : null;
        Duration wait = asked == null ? backoff(attempt) : asked;
        // After a shorter delay than requested, the service would refuse again.
        return wait.compareTo(LONGEST_WAIT) > 0 || wait.compareTo(left) >= 0 ? null : wait;
    }

    private static boolean worthRepeating(AttemptOutcome outcome) {
        if (outcome instanceof Refused refused) {
            Boolean asked = refused.hints().shouldRetry();
            return asked == null ? refused.kind().retriable() : asked;
        }
        return outcome instanceof Unreachable unreachable && retriable(unreachable.cause());
    }

    /** Returns whether a connection failure may be temporary. */
    static boolean retriable(IOException cause) {
        // No such host: the name is wrong.
        if (cause instanceof UnknownHostException) {
            return false;
        }
        // The client must not use cleartext with this host.
        if (cause instanceof UnknownServiceException) {
            return false;
        }
        // The certificate is for another host.
        if (cause instanceof SSLPeerUnverifiedException) {
            return false;
        }
        // The certificate is not trusted; any other failed handshake may be a lost connection.
        return !(cause instanceof SSLHandshakeException && cause.getCause() instanceof CertificateException);
    }

    /** Returns a delay from half to whole of 1 s, 2 s, 4 s, … */
    private Duration backoff(int attempt) {
        long whole = FIRST_BACKOFF.toMillis() << Math.min(attempt - 1, 6);
        return Duration.ofMillis((long) (whole * (1 + jitter.getAsDouble()) / 2));
    }
}
