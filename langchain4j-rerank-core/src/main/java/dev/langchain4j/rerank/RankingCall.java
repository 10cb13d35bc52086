package dev.langchain4j.rerank;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One call of an aggregator, from the candidates to the ranking. Every request that listeners heard of ends here. */
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
        CompletableFuture<Boolean> unused = run.outcome()
                .thenApplyAsync(this::finish, Threads.endings())
                .handle((finished, problem) -> {
                    if (problem == null) {
                        return ranking.complete(finished);
                    }
                    Throwable cause = ScoringRun.unwrapped(problem);
                    fail(cause);
                    return ranking.completeExceptionally(cause);
                });
        CompletableFuture<Ranking> unusedToo = ranking.whenComplete((finished, problem) -> run.cancel());
        run.start();
        return ranking;
    }

    private Ranking finish(ScoreSheet sheet) {
        Ranking ranking = pipeline.ranker().rank(request.query().text(), shortlist, sheet);
        if (ranking.degraded()) {
            pipeline.warning().warnOf(ranking);
        }
        pipeline.listeners().onResponse(new RerankResponseContext(request, ranking, duration()));
        return ranking;
    }

    private void fail(Throwable problem) {
        pipeline.listeners().onError(new RerankErrorContext(request, problem, duration()));
    }

    private Duration duration() {
        return Duration.ofNanos(pipeline.scoring().timer().nanos() - began);
    }
}
