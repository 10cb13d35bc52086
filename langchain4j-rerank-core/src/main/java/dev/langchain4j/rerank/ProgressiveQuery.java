package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Scores the candidates of one query with one call that tells scores as they come. */
final class ProgressiveQuery implements ScoreSink {

    private final ScoringRun run;
    private final ProgressiveScoringModel model;
    private final QueryPlaces query;
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();

    ProgressiveQuery(ScoringRun run, ProgressiveScoringModel model, QueryPlaces query) {
        this.run = run;
        this.model = model;
        this.query = query;
    }

    void start() {
        List<String> texts =
                query.places().stream().map(run::segment).map(TextSegment::text).toList();
        CompletableFuture<Void> unused = run.begin(() -> model.scoreEach(texts, query.query(), this))
                .whenComplete((done, problem) -> end(problem == null ? missing() : problem));
    }

    @Override
    public void accept(int index, double score) {
        accept(index, score, ScoreDetail.ofScored());
    }

    @Override
    public void accept(int index, double score, ScoreDetail detail) {
        if (ended.get()) {
            return;
        }
        try {
            check(index, score);
        } catch (InvalidScoresException e) {
            end(e);
            throw e;
        }
        run.scored(query.places().get(index), score, detail);
    }

    @Override
    public void times(ScoringTimes times) {
        run.took(times);
    }

    private void check(int index, double score) {
        if (index < 0 || index >= query.size()) {
            throw new InvalidScoresException("%s told a score for index %d, but was given %d texts"
                    .formatted(ModelResponse.nameOf(model), index, query.size()));
        }
        ModelResponse.finite(model, score, index, query.size());
        if (!told.add(index)) {
            throw new InvalidScoresException("%s told the score of the text at index %d of %d twice"
                    .formatted(ModelResponse.nameOf(model), index, query.size()));
        }
    }

    private @Nullable InvalidScoresException missing() {
        return told.size() == query.size()
                ? null
                : new InvalidScoresException("%s told %d scores for %d texts and said that it was done"
                        .formatted(ModelResponse.nameOf(model), told.size(), query.size()));
    }

    private void end(@Nullable Throwable problem) {
        if (ended.compareAndSet(false, true)) {
            run.ended(problem);
        }
    }
}
