package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.local.Activation;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.PackagedScoringModel;

/**
 * The cross-encoder ms-marco-MiniLM-L-12-v2 (English, 33 million parameters, int8), packaged in this jar: it needs no
 * download, no Python and no key.
 *
 * <pre>{@code
 * try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
 *     double score = model.score(passage, query).content();
 * }
 * }</pre>
 *
 * <p>Scores are logits unless an activation is set: for English passages from about -11.5 (unrelated) to 11 (answers the
 * query). A pair has at most 512 tokens, of which at most 256 belong to the query; longer texts are truncated, and the
 * truncation is reported. The model behaves like a {@link CrossEncoderScoringModel} with these files: it is thread-safe
 * and has one worker per processor. A whole JVM with two workers peaked at 426 MB on 60 passages of 512 tokens.
 * {@link #close()} frees the native memory. For more options, pass this class to
 * {@link CrossEncoderScoringModel.Builder#modelResources(Class)}.
 */
public final class MsMarcoMiniLmL12V2QuantizedScoringModel extends PackagedScoringModel {

    /** Creates the model without an activation; its scores are logits, {@link ScoreScale#LOGIT}. */
    public MsMarcoMiniLmL12V2QuantizedScoringModel() {
        this(Activation.MODEL_DEFAULT);
    }

    /**
     * Creates the model with an activation.
     *
     * @param activation {@link Activation#SIGMOID} for {@link ScoreScale#PROBABILITY}; {@link Activation#MODEL_DEFAULT}
     *     and {@link Activation#NONE} are equivalent for this model
     */
    public MsMarcoMiniLmL12V2QuantizedScoringModel(Activation activation) {
        super(CrossEncoderScoringModel.builder()
                .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                .activation(activation));
    }
}
