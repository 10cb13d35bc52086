package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.TestModels.ReferencePair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference scores on a GPU, which multiplies in TensorFloat-32. Run with {@code -Pcuda}. */
class CudaIT {

    private static final double TF32_TOLERANCE = 0.01;

    @BeforeEach
    void needs_a_gpu() {
        assumeTrue(Boolean.getBoolean("rerank.cuda"), "ONNX Runtime for CUDA is on the class path with -Pcuda only");
        assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA GPU: there is no /dev/nvidiactl");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void a_cross_encoder_scores_as_on_the_cpu(Engine engine) {
        assumeTrue(
                engine != Engine.PYTORCH || System.getenv("PYTORCH_LIBRARY_PATH") != null,
                "Maven Central has no PyTorch for CUDA: PYTORCH_LIBRARY_PATH must name one");
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert").engine(engine).device("cuda:0").build()) {
            assertReference(model, "bert", pair -> pair.logits()[0]);
        }
    }

    @Test
    void batches_are_spread_over_devices() {
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert").device("cuda:0", "cpu").build()) {
            assertReference(model, "bert", pair -> pair.logits()[0]);
        }
    }

    @Test
    void half_precision_runs_on_a_gpu() {
        try (CrossEncoderScoringModel model =
                TestModels.builder("bert-fp16").device("cuda:0").build()) {
            assertReference(model, "bert", pair -> pair.logits()[0]);
        }
    }

    @Test
    void late_interaction_scores_as_on_the_cpu() {
        try (ColbertScoringModel model = ColbertScoringModel.builder()
                .modelPath(TestModels.directory("colbert"))
                .device("cuda:0")
                .build()) {
            assertReference(model, "colbert", ReferencePair::score);
        }
    }

    @Test
    void a_causal_language_model_scores_as_on_the_cpu() {
        try (GenerativeScoringModel model = GenerativeScoringModel.qwen3()
                .modelPath(TestModels.directory("qwen3"))
                .device("cuda:0")
                .build()) {
            assertReference(model, "qwen3", ReferencePair::score);
        }
    }

    private static void assertReference(ScoringModel model, String name, ToDoubleFunction<ReferencePair> expected) {
        assertThat(TestModels.reference(name))
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(model.score(TextSegment.from(pair.passage()), pair.query())
                                .content())
                        .isCloseTo(expected.applyAsDouble(pair), within(TF32_TOLERANCE)));
    }
}
