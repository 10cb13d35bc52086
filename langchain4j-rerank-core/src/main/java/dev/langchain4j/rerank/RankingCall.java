package dev.langchain4j.rerank;

import dev.langchain4j.rerank.internal.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One call of an aggregator, from the candidates to the ranking. Each request that listeners are notified of ends here,
 * with a response or an error.
 */
final class RankingCall {

    private final Pipeline pipeline;
    private final RerankRequestContext request;
    private final Shortlist shortlist;
    private final ScoringRun run;
    private final long began;

    RankingCall(Pipeline pipeline, RerankRequestContext request, Shortlist shortlist, ScoringRun run, long began) {
        this.pipeline = pipeline;
        this.request = request;
        this.shortlist = shortlist;
        this.run = run;
        this.began = began;
    }

    /** Scores while the caller waits. */
    Ranking now() {
        pipeline.listeners().onRequest(request);
        try {
            run.start();
            return finish(run.await());
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** Scores in the background; completing or cancelling the future stops that. */
    CompletableFuture<Ranking> later() {
        pipeline.listeners().onRequest(request);
        CompletableFuture<Ranking> ranking = new CompletableFuture<>();
        Futures.onCompletion(run.outcome().thenApplyAsync(this::finish, Threads.endings()), (finished, failure) -> {
            if (failure == null) {
                ranking.complete(finished);
            } else {
                Throwable cause = Futures.cause(failure);
                fail(cause);
                ranking.completeExceptionally(cause);
            }
        });
        Futures.onCompletion(ranking, (result, failure) -> run.cancel());
        run.start();
        return ranking;
    }

    private Ranking finish(BestScores scores) {
        Ranking ranking = pipeline.assembler().assemble(request.query().text(), shortlist, scores);
        if (ranking.degraded()) {
            pipeline.warning().warnOf(ranking);
        }
        pipeline.listeners().onResponse(new RerankResponseContext(request, ranking, duration()));
        return ranking;
    }

    private void fail(Throwable failure) {
        pipeline.listeners().onError(new RerankErrorContext(request, failure, duration()));
    }

    private Duration duration() {
        return Duration.ofNanos(pipeline.scoring().timer().nanos() - began);
    }
}
