package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of every scoring model, kept by a float cross-encoder in batches, on both engines. */
class CrossEncoderContractTest {

    @Nested
    class OnOnnxRuntime extends CrossEncoderContract {

        OnOnnxRuntime() {
            super(Engine.ONNX_RUNTIME);
        }
    }

    @Nested
    class OnPyTorch extends CrossEncoderContract {

        OnPyTorch() {
            super(Engine.PYTORCH);
        }
    }

    /** The texts of the contract for a pair model. */
    private abstract static class CrossEncoderContract extends LocalModelContract {

        CrossEncoderContract(Engine engine) {
            super("bert", engine, ModelOutput.LOGITS);
        }

        @Override
        LocalModelBuilder<?, ?> builder() {
            return CrossEncoderScoringModel.builder();
        }

        @Override
        List<TokenSequence> sequences(ModelFiles files) {
            try (PairTokenizer tokenizer = PairTokenizer.load(files, 96, 48)) {
                return texts().stream().map(tokenizer.query(query())::with).toList();
            }
        }

        @Override
        float[] row(TokenSequence sequence, float score) {
            return new float[] {score};
        }

        /** Float batches round otherwise than single pairs. */
        @Override
        protected double tolerance() {
            return 1e-5;
        }
    }
}
