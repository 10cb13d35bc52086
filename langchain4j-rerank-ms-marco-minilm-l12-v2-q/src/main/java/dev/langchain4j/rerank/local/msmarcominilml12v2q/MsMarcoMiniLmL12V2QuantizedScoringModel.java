package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.TextWindower;
import dev.langchain4j.rerank.local.Activation;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The cross-encoder ms-marco-MiniLM-L-12-v2 (English, 33 million parameters, int8), from this jar: no download, no
 * Python, no key.
 *
 * <pre>{@code
 * try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
 *     double score = model.score(passage, query).content();
 * }
 * }</pre>
 *
 * <p>Scores are logits, for English passages from about -11.5 (unrelated) to 11 (answers the query), unless an
 * activation is given. A pair holds at most 512 tokens, 256 of them the query's; what is over is cut and reported. As
 * {@link CrossEncoderScoringModel} with these files: safe for many threads, a worker for each processor. A whole JVM
 * with two workers was seen to peak at 426 MB over 60 passages of 512 tokens. {@link #close()} frees the native part.
 * More options: {@link CrossEncoderScoringModel.Builder#modelResources(Class)} with this class.
 */
public final class MsMarcoMiniLmL12V2QuantizedScoringModel
        implements ScaledScoringModel, ProgressiveScoringModel, TextWindower, AutoCloseable {

    private final CrossEncoderScoringModel model;

    /** The model with its logits as they are, {@link ScoreScale#LOGIT}. */
    public MsMarcoMiniLmL12V2QuantizedScoringModel() {
        this(Activation.MODEL_DEFAULT);
    }

    /**
     * The model with an activation.
     *
     * @param activation {@link Activation#SIGMOID} for {@link ScoreScale#PROBABILITY}; {@link Activation#MODEL_DEFAULT}
     *     and {@link Activation#NONE} are the same here
     */
    public MsMarcoMiniLmL12V2QuantizedScoringModel(Activation activation) {
        this.model = CrossEncoderScoringModel.builder()
                .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                .activation(activation)
                .build();
    }

    @Override
    public ScoreScale scoreScale() {
        return model.scoreScale();
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
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return model.scoreEach(texts, query, sink);
    }

    @Override
    public List<TextWindow> windows(String text, int maxTokens, int overlap) {
        return model.windows(text, maxTokens, overlap);
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public String toString() {
        return model.toString();
    }
}
