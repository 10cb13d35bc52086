package dev.langchain4j.rerank.internal;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A foreign model with the scale that the user declared for it. Checks arguments and responses as this library's own
 * models do, and passes every call on.
 */
public final class DeclaredScaleModel implements ScaledScoringModel, ProgressiveScoringModel {

    private final ScoringModel model;
    private final ProgressiveScoringModel progressive;
    private final ScoreScale scale;

    /** Declares the scale of a model. */
    public DeclaredScaleModel(ScoringModel model, ScoreScale scale) {
        this.model = Arguments.required("model", model, "pass the scoring model whose scale you declare");
        this.scale = Arguments.required("scale", scale, "declare LOGIT, PROBABILITY or RELATIVE");
        this.progressive = ProgressiveAdapter.of(model);
    }

    /** The model whose scale this declares. */
    public ScoringModel model() {
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
    public boolean progressive() {
        return progressive.progressive();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<TextSegment> checked = Arguments.segments(segments);
        Arguments.query(query);
        if (checked.isEmpty()) {
            return ModelResponse.EMPTY.toResponse();
        }
        Futures.checkInterrupt("scoring %d segments".formatted(checked.size()));
        Response<List<Double>> response = model.scoreAll(checked, query);
        ModelResponse unused = ModelResponse.of(model, response, checked.size());
        return response;
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return Futures.start(() -> {
            int texts = Arguments.texts(request.documents()).size();
            Arguments.query(request.query());
            return texts == 0
                    ? CompletableFuture.completedFuture(ModelResponse.EMPTY.toScoringResponse())
                    : checked(ModelResponse.future(model, model.doScoreAsync(request)), texts);
        });
    }

    private CompletableFuture<ScoringResponse> checked(CompletableFuture<ScoringResponse> call, int texts) {
        return Futures.map(call, response -> {
            ModelResponse unused = ModelResponse.of(model, response, texts);
            return response;
        });
    }

    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return Futures.start(() -> ModelResponse.future(
                model, progressive.scoreEach(Arguments.texts(texts), Arguments.query(query), sink)));
    }

    @Override
    public ScoringRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }
}
