package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of degraded rankings: of the first, and then once a minute at most, so that an outage does not flood the log.
 * Names the kind of failure only: the message of a model's exception may hold what it was given.
 */
final class DegradationWarning {

    private static final Logger log = LoggerFactory.getLogger(RerankingContentAggregator.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Timer timer;
    private final AtomicLong lastNanos;
    private final AtomicLong unreported = new AtomicLong();

    DegradationWarning(Timer timer) {
        this.timer = timer;
        this.lastNanos = new AtomicLong(timer.nanos() - QUIET_NANOS);
    }

    void warnOf(Ranking ranking) {
        long now = timer.nanos();
        long last = lastNanos.get();
        if (now - last < QUIET_NANOS || !lastNanos.compareAndSet(last, now)) {
            unreported.incrementAndGet();
            return;
        }
        Throwable cause = ranking.degradedBy();
        log.warn(
                "reranking is degraded ({}): candidates without a score keep their retrieval order; {} more such rankings since the last warning; see Ranking.degradedBy() in a RerankListener",
                cause == null
                        ? "the model left texts unscored"
                        : cause.getClass().getName(),
                unreported.getAndSet(0));
    }
}
