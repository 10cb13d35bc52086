package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.local.ScoringStrategy.Order;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Validates calls, runs them on the workers and builds LangChain4j's responses. */
final class LocalScoringService implements AutoCloseable {

    private final ScoringStrategy strategy;
    private final FairWorkers workers;
    private boolean closed;

    /**
     * Creates the service of a model.
     *
     * @param strategy closed by this
     * @param workers closed by this
     */
    LocalScoringService(ScoringStrategy strategy, FairWorkers workers) {
        this.strategy = strategy;
        this.workers = workers;
    }

    /**
     * Scores one text, so that a broken model fails now and not in the first call, which becomes faster.
     *
     * @param model named in messages
     */
    void warmUp(ScoringModel model) {
        try {
            Response<List<Double>> unused = scoreAll(model, List.of(TextSegment.from("passage")), "query");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** See {@link LocalScoringModel#scoreAll}. */
    Response<List<Double>> scoreAll(ScoringModel model, @Nullable List<TextSegment> segments, @Nullable String query) {
        List<String> texts =
                Arguments.segments(segments).stream().map(TextSegment::text).toList();
        String checked = Arguments.query(query);
        ScoreCollector scores = new ScoreCollector(texts.size());
        String activity = "scoring %d texts".formatted(texts.size());
        if (!texts.isEmpty()) {
            Futures.checkInterrupt(activity);
        }
        Void unused = Futures.await(start(model, checked, texts, Order.FASTEST, scores), activity);
        return scores.response().toResponse();
    }

    /** See {@link LocalScoringModel#doScoreAsync}. */
    CompletableFuture<ScoringResponse> scoreAsync(ScoringModel model, ScoringRequest request) {
        return Futures.start(() -> {
            List<String> texts = Arguments.texts(request.documents());
            ScoreCollector scores = new ScoreCollector(texts.size());
            QueuedCall call = start(model, Arguments.query(request.query()), texts, Order.FASTEST, scores);
            return Futures.map(call, done -> scores.response().toScoringResponse());
        });
    }

    /** See {@link LocalScoringModel#scoreEach}. */
    CompletableFuture<Void> scoreEach(
            ScoringModel model, @Nullable List<String> texts, @Nullable String query, ScoreSink sink) {
        return Futures.start(() ->
                start(model, Arguments.query(query), Arguments.texts(texts), Order.GIVEN, new ForwardedScores(sink)));
    }

    private QueuedCall start(ScoringModel model, String query, List<String> texts, Order order, CallListener listener) {
        try {
            return QueuedCall.start(workers, strategy.plan(query, texts, order), listener);
        } catch (ClosedModelException e) {
            throw Arguments.closed(model);
        }
    }

    /** A call whose scores are passed on as they are computed. */
    private record ForwardedScores(ScoreSink sink) implements CallListener {

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

    /** See {@link LocalScoringModel#close}. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            workers.close();
            strategy.close();
        }
    }
}
