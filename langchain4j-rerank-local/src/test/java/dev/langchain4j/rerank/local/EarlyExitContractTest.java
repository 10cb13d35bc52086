package dev.langchain4j.rerank.local;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract of every scoring model, kept by a cross-encoder that reads only some of the texts. */
class EarlyExitContractTest extends LocalModelContract {

    EarlyExitContractTest() {
        super("bert", Engine.ONNX_RUNTIME, ModelOutput.LOGITS);
    }

    @Override
    LocalModelBuilder<?, ?> builder() {
        return CrossEncoderScoringModel.builder().earlyExit(2);
    }

    @Override
    protected boolean listwise() {
        return true;
    }

    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        return Hook.notApplicable(
                "which texts reach the engine is not known here; CrossEncoderContractTest has the rest");
    }

    @Override
    List<TokenSequence> sequences(ModelFiles files) {
        throw new UnsupportedOperationException();
    }

    @Override
    float[] row(TokenSequence sequence, float score) {
        return new float[] {score};
    }
}
