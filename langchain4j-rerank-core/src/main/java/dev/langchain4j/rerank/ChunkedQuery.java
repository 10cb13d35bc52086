package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Scores the candidates of one query call after call, in retrieval order, until a call fails or the run is over. */
final class ChunkedQuery {

    private final ScoringRun run;
    private final QueryPlaces query;
    private final @Nullable ChunkSizer sizer;

    /** How often {@link #advance} was asked for and not yet done. */
    private final AtomicInteger requested = new AtomicInteger();

    private int next;

    /**
     * Prepares the calls.
     *
     * @param sizer how large each is; null for one call with all
     */
    ChunkedQuery(ScoringRun run, QueryPlaces query, @Nullable ChunkSizer sizer) {
        this.run = run;
        this.query = query;
        this.sizer = sizer;
    }

    /**
     * Makes the next call. A call that is answered at once asks for the next one from within this method: it is counted
     * here and made by the loop below, so that the stack does not grow with the number of calls.
     */
    void advance() {
        if (requested.getAndIncrement() == 0) {
            do {
                callNext();
            } while (requested.decrementAndGet() != 0);
        }
    }

    private void callNext() {
        if (run.over()) {
            return;
        }
        if (next == query.size()) {
            run.ended(null);
            return;
        }
        int left = query.size() - next;
        int size = sizer == null ? left : Math.min(left, sizer.next(run.nanosLeft()));
        List<Integer> places = query.places().subList(next, next + size);
        next += size;
        List<TextSegment> segments = places.stream().map(run::segment).toList();
        long began = run.nanos();
        CompletableFuture<Void> unused = run.call(segments, query.query())
                .thenAccept(scores -> note(places, scores, run.nanos() - began))
                .whenComplete((noted, problem) -> {
                    if (problem == null) {
                        advance();
                    } else {
                        run.ended(problem);
                    }
                });
    }

    private void note(List<Integer> places, ModelResponse response, long nanos) {
        for (int i = 0; i < places.size(); i++) {
            run.scored(places.get(i), response.score(i), response.detail(i));
        }
        run.took(response.metadata().scoringTimes());
        if (sizer != null) {
            sizer.took(places.size(), nanos);
        }
    }
}
