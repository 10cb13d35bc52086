package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of every scoring model, kept by a late-interaction model with kept vectors, on both engines. */
class ColbertContractTest {

    @Nested
    class OnOnnxRuntime extends ColbertContract {

        OnOnnxRuntime() {
            super(Engine.ONNX_RUNTIME);
        }
    }

    @Nested
    class OnPyTorch extends ColbertContract {

        OnPyTorch() {
            super(Engine.PYTORCH);
        }
    }

    /** The texts of the contract for a model that reads them alone. */
    private abstract static class ColbertContract extends LocalModelContract {

        private static final int SIZE = 8;

        ColbertContract(Engine engine) {
            super("colbert", engine, ModelOutput.TOKEN_VECTORS);
        }

        @Override
        LocalModelBuilder<?, ?> builder() {
            return ColbertScoringModel.builder().documentCache(3);
        }

        @Override
        List<TokenSequence> sequences(ModelFiles files) {
            try (ColbertTokenizer tokenizer = ColbertTokenizer.load(files, ColbertConfig.load(files))) {
                return texts().stream().map(tokenizer::document).toList();
            }
        }

        /** Vectors have the length 1, so only one that is no vector makes a score that is none. */
        @Override
        float[] row(TokenSequence sequence, float score) {
            float[] numbers = new float[sequence.length() * SIZE];
            Arrays.fill(numbers, score == 0 ? 1 : score);
            return numbers;
        }
    }
}
