package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.internal.Futures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Scores the candidates of one query call after call, in retrieval order, until a call fails. */
final class ChunkedQuery {

    private final ModelCalls calls;
    private final String query;
    private final List<TextSegment> segments;
    private final ScoreSink sink;
    private final ChunkSizer sizer;
    private final LongSupplier nanosLeft;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** Number of {@link #advance} calls that are not done yet. */
    private final AtomicInteger requested = new AtomicInteger();

    private int next;

    private ChunkedQuery(
            ModelCalls calls,
            String query,
            List<TextSegment> segments,
            ScoreSink sink,
            ChunkSizer sizer,
            LongSupplier nanosLeft) {
        this.calls = calls;
        this.query = query;
        this.segments = segments;
        this.sink = sink;
        this.sizer = sizer;
        this.nanosLeft = nanosLeft;
    }

    /**
     * Starts scoring.
     *
     * @param sink accepts the scores, by index of the segment
     * @param nanosLeft the time until the deadline
     * @return completes when all segments are scored; fails with the first call that fails
     */
    static CompletableFuture<Void> score(
            ModelCalls calls, String query, List<TextSegment> segments, ScoreSink sink, LongSupplier nanosLeft) {
        ChunkedQuery chunked = new ChunkedQuery(calls, query, segments, sink, new ChunkSizer(), nanosLeft);
        chunked.advance();
        return chunked.done;
    }

    /**
     * Makes the next call. A call that is answered at once asks for the next one from within this method: it is counted
     * here and made by the loop below, so that the stack does not grow with the number of calls.
     */
    private void advance() {
        if (requested.getAndIncrement() == 0) {
            do {
                callNext();
            } while (requested.decrementAndGet() != 0);
        }
    }

    private void callNext() {
        if (next == segments.size()) {
            done.complete(null);
            return;
        }
        int first = next;
        long left = nanosLeft.getAsLong();
        List<TextSegment> chunk = segments.subList(first, Math.min(segments.size(), first + sizer.next(left)));
        next += chunk.size();
        Futures.onCompletion(
                calls.score(chunk, query).thenAccept(response -> {
                    response.report(first, sink);
                    sizer.took(chunk.size(), left - nanosLeft.getAsLong());
                }),
                (reported, failure) -> {
                    if (failure == null) {
                        advance();
                    } else {
                        done.completeExceptionally(failure);
                    }
                });
    }
}
