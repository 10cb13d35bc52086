package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rate-limited warning about degraded rankings: the first is logged, and then at most one per minute, so that an outage
 * does not flood the log. The warning contains the class of the failure only, because the message of a model's
 * exception may quote its input.
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
