package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.local.ScoringStrategy.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes what LangChain4j asks of a local model, has the workers do it and hands out the answers. */
final class LocalScoringService implements AutoCloseable {

    private final ScoringStrategy scorer;
    private final FairWorkers workers;
    private boolean closed;

    /**
     * A desk for one model.
     *
     * @param scorer closed by this
     * @param workers closed by this
     */
    LocalScoringService(ScoringStrategy scorer, FairWorkers workers) {
        this.scorer = scorer;
        this.workers = workers;
    }

    /** One text, so that a model which cannot score fails here and not in the first call, which is faster for it. */
    void warmUp() {
        try {
            scoreAll(List.of(TextSegment.from("passage")), "query");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** See {@link CrossEncoderScoringModel#scoreAll}. */
    Response<List<Double>> scoreAll(@Nullable List<TextSegment> segments, @Nullable String query) {
        List<String> texts = texts(segments);
        ScoreCollector scores = new ScoreCollector(texts.size());
        await(QueuedCall.start(workers, scorer.plan(checked(texts, query), texts, Order.FASTEST), scores));
        return scores.response();
    }

    /** See {@link CrossEncoderScoringModel#doScoreAsync}. */
    CompletableFuture<ScoringResponse> scoreAsync(ScoringRequest request) {
        List<String> texts = request.documents();
        ScoreCollector scores = new ScoreCollector(texts.size());
        QueuedCall call;
        try {
            call = QueuedCall.start(
                    workers, scorer.plan(checked(texts, request.query()), texts, Order.FASTEST), scores);
        } catch (IllegalArgumentException | IllegalStateException | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<ScoringResponse> response = call.thenApply(done -> scores.scoringResponse());
        var unused = response.whenComplete((answer, failure) -> call.cancel(false));
        return response;
    }

    /** See {@link CrossEncoderScoringModel#scoreEach}. */
    CompletableFuture<Void> scoreEach(List<String> texts, @Nullable String query, ScoreSink sink) {
        try {
            List<String> copy = List.copyOf(texts);
            return QueuedCall.start(workers, scorer.plan(checked(copy, query), copy, Order.GIVEN), new Forwarded(sink));
        } catch (IllegalArgumentException | IllegalStateException | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A call whose scores leave as they come. */
    private record Forwarded(ScoreSink sink) implements CallListener {

        @Override
        public void scored(ScoredText score) {
            sink.accept(score.index(), score.score(), score.detail());
        }

        @Override
        public void took(ScoringTimes times) {
            sink.times(times);
        }
    }

    /** See {@link LocalScoringModel#workers}. */
    int workers() {
        return workers.count();
    }

    /** See {@link LocalScoringModel#waitingCalls}. */
    int waitingCalls() {
        return workers.waitingCalls();
    }

    private static List<String> texts(@Nullable List<TextSegment> segments) {
        if (segments == null) {
            throw new IllegalArgumentException(
                    "segments is null: pass a list, an empty one if there is nothing to score");
        }
        List<String> texts = new ArrayList<>(segments.size());
        for (TextSegment segment : segments) {
            if (segment == null) {
                throw new IllegalArgumentException("segment " + texts.size() + " is null");
            }
            texts.add(segment.text());
        }
        return texts;
    }

    /** The query, when all is there that a model needs. */
    private static String checked(List<String> texts, @Nullable String query) {
        if (query == null || query.isBlank()) {
            throw new IllegalArgumentException("the query is blank: there is nothing that a text could be relevant to");
        }
        for (int index = 0; index < texts.size(); index++) {
            if (texts.get(index).isBlank()) {
                throw new IllegalArgumentException("text " + index + " is blank: leave blank texts out");
            }
        }
        return query;
    }

    private static void await(QueuedCall call) {
        try {
            call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while scoring");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a part throws nothing else
        }
    }

    /** See {@link CrossEncoderScoringModel#close}. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            workers.close();
            scorer.close();
        }
    }
}
