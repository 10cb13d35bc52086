package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.RerankErrorContext;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankResponseContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A listener that records the outcome of recent rerankings, the only basis for the health of a service that charges per
 * call.
 */
final class RecentRankings implements RerankListener {

    /**
     * The outcome of recent rerankings.
     *
     * @param lastSuccess null if there was none
     * @param lastFailure null if there was none; a degraded ranking counts as a failure
     * @param lastFailureType class of the last failure; null if it is not known
     * @param failuresInARow number of failures since the last success
     * @param answeredBy stage that scored the best content of the last success; null if there was none
     */
    record Snapshot(
            @Nullable Instant lastSuccess,
            @Nullable Instant lastFailure,
            @Nullable String lastFailureType,
            int failuresInARow,
            @Nullable String answeredBy) {}

    private final Clock clock;
    private Snapshot snapshot = new Snapshot(null, null, null, 0, null);

    RecentRankings(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onResponse(RerankResponseContext context) {
        if (context.ranking().degraded()) {
            failed(context.ranking().degradedBy());
        } else {
            succeeded(context.ranking().kept());
        }
    }

    /** Records a failure, unless the caller cancelled or passed an invalid argument: neither reflects on the model. */
    @Override
    public void onError(RerankErrorContext context) {
        boolean callers =
                context.error() instanceof CancellationException || context.error() instanceof IllegalArgumentException;
        if (!callers) {
            failed(context.error());
        }
    }

    private synchronized void succeeded(List<RankedContent> kept) {
        String answeredBy =
                kept.isEmpty() ? snapshot.answeredBy() : kept.get(0).detail().stage();
        snapshot = new Snapshot(clock.instant(), snapshot.lastFailure(), snapshot.lastFailureType(), 0, answeredBy);
    }

    private synchronized void failed(@Nullable Throwable problem) {
        snapshot = new Snapshot(
                snapshot.lastSuccess(),
                clock.instant(),
                problem == null ? null : problem.getClass().getName(),
                snapshot.failuresInARow() + 1,
                snapshot.answeredBy());
    }

    synchronized Snapshot snapshot() {
        return snapshot;
    }
}
