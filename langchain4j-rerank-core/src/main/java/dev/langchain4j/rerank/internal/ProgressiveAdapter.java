package dev.langchain4j.rerank.internal;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScoreSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link ProgressiveScoringModel} over a model that is not progressive: one async call, whose scores are reported
 * together when it is complete. It fails with {@link dev.langchain4j.exception.AsyncNotSupportedException} if the model
 * has no async path.
 */
public final class ProgressiveAdapter implements ProgressiveScoringModel {

    private final ScoringModel model;

    private ProgressiveAdapter(ScoringModel model) {
        this.model = model;
    }

    /** The model itself if it reports scores as they are computed, otherwise an adapter. */
    public static ProgressiveScoringModel of(ScoringModel model) {
        return model instanceof ProgressiveScoringModel progressive && progressive.progressive()
                ? progressive
                : new ProgressiveAdapter(model);
    }

    @Override
    public boolean progressive() {
        return false;
    }

    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        if (texts.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        ScoringRequest request =
                ScoringRequest.builder().documents(texts).query(query).build();
        CompletableFuture<ScoringResponse> call =
                Futures.start(() -> ModelResponse.future(model, model.scoreAsync(request)));
        Futures.cancelWith(done, call);
        Futures.forward(
                call.thenAccept(response ->
                        ModelResponse.of(model, response, texts.size()).report(0, sink)),
                done);
        return done;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return model.scoreAll(segments, query);
    }
}
