package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScoreSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A model that scores the first candidates and then hangs or fails. If the wrapped model is not progressive, it hangs or
 * fails at once.
 */
final class BrokenScoringModel implements ProgressiveScoringModel {

    private final ScoringModel model;
    private final Fault fault;

    BrokenScoringModel(ScoringModel model, Fault fault) {
        this.model = model;
        this.fault = fault;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        throw new UnsupportedOperationException(
                "a broken model supports scoreEach only, which a ranking with a timeout calls");
    }

    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        if (!(model instanceof ProgressiveScoringModel progressive && progressive.progressive())) {
            return fault.end();
        }
        List<String> first = texts.subList(0, Math.min(Fault.SCORED, texts.size()));
        return progressive.scoreEach(first, query, sink).thenCompose(scored -> fault.end());
    }
}
