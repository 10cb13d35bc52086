package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.local.TestModels.ReferencePair;
import org.junit.jupiter.api.Test;

/** The weights of {@code bert} in half precision: a network runs in the precision of its file, on either engine. */
class HalfPrecisionTest {

    @Test
    void onnx_runtime_runs_fp16() {
        assertScoresNear("bert-fp16", Engine.ONNX_RUNTIME, 0.01); // ten bits of fraction
    }

    @Test
    void pytorch_runs_bf16() {
        assumeTrue(TestModels.onPlatformOfPyTorch(), "PyTorch is on the test class path for linux-x86_64 only");
        assertScoresNear("bert-bf16", Engine.PYTORCH, 0.1); // seven bits of fraction
    }

    private static void assertScoresNear(String name, Engine engine, double tolerance) {
        try (CrossEncoderScoringModel model =
                TestModels.builder(name).engine(engine).build()) {
            for (ReferencePair pair : TestModels.reference("bert")) {
                assertThat(model.score(TextSegment.from(pair.passage()), pair.query())
                                .content())
                        .as("%s and %s", pair.query(), pair.passage())
                        .isCloseTo(pair.logits()[0], within(tolerance));
            }
        }
    }
}
