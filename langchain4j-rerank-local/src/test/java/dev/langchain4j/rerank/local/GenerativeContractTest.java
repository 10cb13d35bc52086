package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of every scoring model, kept by a causal language model in batches, on both engines. */
class GenerativeContractTest {

    @Nested
    class OnOnnxRuntime extends GenerativeContract {

        OnOnnxRuntime() {
            super(Engine.ONNX_RUNTIME);
        }
    }

    @Nested
    class OnPyTorch extends GenerativeContract {

        OnPyTorch() {
            super(Engine.PYTORCH);
        }
    }

    /** The texts of the contract for a prompt. */
    private abstract static class GenerativeContract extends LocalModelContract {

        private static final int VOCABULARY = 480; // in make_generative.py too

        GenerativeContract(Engine engine) {
            super("bge-gemma", engine, ModelOutput.NEXT_TOKEN);
        }

        @Override
        LocalModelBuilder<?, ?> builder() {
            return GenerativeScoringModel.bgeGemma().instruction("judge");
        }

        @Override
        List<TokenSequence> sequences(ModelFiles files) {
            try (PromptTokenizer tokenizer = PromptTokenizer.load(files, RelevancePrompt.BGE_GEMMA, "judge", 180, 90)) {
                return texts().stream().map(tokenizer.query(query())::with).toList();
            }
        }

        @Override
        float[] row(TokenSequence sequence, float score) {
            float[] logits = new float[VOCABULARY];
            Arrays.fill(logits, score);
            return logits;
        }

        /** Float batches round otherwise than single pairs. */
        @Override
        protected double tolerance() {
            return 1e-5;
        }
    }
}
