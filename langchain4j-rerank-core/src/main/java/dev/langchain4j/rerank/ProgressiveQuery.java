package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores the candidates of one query with one call that reports scores as they are computed, and checks that the model
 * reports each once.
 */
final class ProgressiveQuery implements ScoreSink {

    private final ProgressiveScoringModel model;
    private final int segments;
    private final ScoreSink sink;
    private final Set<Integer> scored = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private ProgressiveQuery(ProgressiveScoringModel model, int segments, ScoreSink sink) {
        this.model = model;
        this.segments = segments;
        this.sink = sink;
    }

    /**
     * Starts scoring.
     *
     * @param sink accepts the scores, by index of the segment
     * @return completes when all segments are scored; fails with the call, or with the first score that is not valid
     */
    static CompletableFuture<Void> score(
            ModelCalls calls, ProgressiveScoringModel model, String query, List<TextSegment> segments, ScoreSink sink) {
        ProgressiveQuery progressive = new ProgressiveQuery(model, segments.size(), sink);
        Futures.onCompletion(
                calls.scoreEach(model, segments, query, progressive),
                (reported, failure) -> progressive.end(failure == null ? progressive.missing() : failure));
        return progressive.done;
    }

    @Override
    public void accept(int index, double score) {
        accept(index, score, ScoreDetail.ofScored());
    }

    @Override
    public void accept(int index, double score, ScoreDetail detail) {
        if (done.isDone()) {
            return;
        }
        try {
            check(index, score);
        } catch (InvalidScoresException e) {
            end(e);
            throw e;
        }
        sink.accept(index, score, detail);
    }

    @Override
    public void times(ScoringTimes times) {
        sink.times(times);
    }

    private void check(int index, double score) {
        if (index < 0 || index >= segments) {
            throw new InvalidScoresException("%s reported a score for index %d, but was given %d texts"
                    .formatted(ModelResponse.nameOf(model), index, segments));
        }
        ModelResponse.finite(model, score, index, segments);
        if (!scored.add(index)) {
            throw new InvalidScoresException("%s reported the score of the text at index %d of %d twice"
                    .formatted(ModelResponse.nameOf(model), index, segments));
        }
    }

    private @Nullable InvalidScoresException missing() {
        return scored.size() == segments
                ? null
                : new InvalidScoresException("%s reported %d scores for %d texts and completed"
                        .formatted(ModelResponse.nameOf(model), scored.size(), segments));
    }

    private void end(@Nullable Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }
}
