package dev.langchain4j.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A foreign model with the scale that the user stated for it. */
class DeclaredScaleModel implements ScaledScoringModel {

    private final ScoringModel model;
    private final ScoreScale scale;

    private DeclaredScaleModel(ScoringModel model, ScoreScale scale) {
        this.model = model;
        this.scale = scale;
    }

    static ScaledScoringModel of(ScoringModel model, ScoreScale scale) {
        Objects.requireNonNull(model, "model is null: name the scoring model whose scale you state");
        Objects.requireNonNull(scale, "scale is null: state LOGIT, PROBABILITY or RELATIVE");
        return model instanceof ProgressiveScoringModel progressive
                ? new Progressive(progressive, scale)
                : new DeclaredScaleModel(model, scale);
    }

    /** The model whose scale this states. */
    ScoringModel declared() {
        return model;
    }

    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    @Override
    public boolean listwise() {
        return model instanceof ScaledScoringModel scaled && scaled.listwise();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return model.scoreAll(segments, query);
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return model.doScoreAsync(request);
    }

    @Override
    public ScoringRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    private static final class Progressive extends DeclaredScaleModel implements ProgressiveScoringModel {

        private final ProgressiveScoringModel model;

        private Progressive(ProgressiveScoringModel model, ScoreScale scale) {
            super(model, scale);
            this.model = model;
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            return model.scoreEach(texts, query, sink);
        }
    }
}
