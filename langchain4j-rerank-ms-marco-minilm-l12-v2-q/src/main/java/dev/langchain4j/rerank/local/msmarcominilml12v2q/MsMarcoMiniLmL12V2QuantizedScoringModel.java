package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.local.Activation;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.PackagedScoringModel;

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
public final class MsMarcoMiniLmL12V2QuantizedScoringModel extends PackagedScoringModel {

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
        super(CrossEncoderScoringModel.builder()
                .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                .activation(activation));
    }
}
