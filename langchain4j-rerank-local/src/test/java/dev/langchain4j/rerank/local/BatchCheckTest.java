package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A score does not depend on the texts that share the call, whatever the model does with padding. */
class BatchCheckTest {

    private static final String CAPITAL = "what is the capital of France?";
    private static final List<TextSegment> TEXTS = Stream.of(
                    "a cat",
                    "the quick brown fox jumps over the lazy dog and runs far away into the forest",
                    "dogs bark",
                    "Paris is the capital of France")
            .map(TextSegment::from)
            .toList();

    private static final String NAME = "Which event gave artificial intelligence its name?";
    private static final TextSegment WORKSHOP =
            TextSegment.from("A summer workshop at Dartmouth College in 1956 gave the field its name.");

    /** Of ONNX Runtime in Python, for this pair alone. */
    private static final double WORKSHOP_LOGIT = -1.80132;

    private final PairEncoder encoder = PairTokenizer.load(ModelFiles.in(TestModels.directory("bert")), 96, 48);

    @AfterEach
    void close() {
        encoder.close();
    }

    /** Logits of ONNX Runtime in Python, which reads one text per run. */
    @ParameterizedTest
    @ValueSource(strings = {"bert-no-mask", "bert-batch-of-one", "bert-int32"})
    void a_graph_of_other_inputs_has_the_right_scores(String name) {
        try (CrossEncoderScoringModel model =
                TestModels.builder(name).activation(Activation.NONE).build()) {
            assertThat(model.scoreAll(TEXTS, CAPITAL).content())
                    .zipSatisfy(
                            List.of(0.43713, 0.05661, 0.1354, 0.10276),
                            (score, logit) -> assertThat(score).isCloseTo(logit, within(1e-4)));
        }
    }

    /** The head of a decoder looks for the last token that is not its own padding token. */
    @Test
    void a_decoder_has_the_same_score_beside_other_texts() {
        try (CrossEncoderScoringModel model = TestModels.builder("qwen3-classifier")
                .activation(Activation.NONE)
                .build()) {
            assertThat(model.score(WORKSHOP, NAME).content()).isCloseTo(WORKSHOP_LOGIT, within(1e-4));
            assertThat(model.scoreAll(List.of(TextSegment.from("x"), WORKSHOP), NAME)
                            .content())
                    .as("beside a shorter text")
                    .satisfies(scores -> assertThat(scores.get(1)).isCloseTo(WORKSHOP_LOGIT, within(1e-4)));
            assertThat(model.scoreAll(List.of(TextSegment.from("x ".repeat(60)), WORKSHOP), NAME)
                            .content())
                    .as("beside a longer text")
                    .satisfies(scores -> assertThat(scores.get(1)).isCloseTo(WORKSHOP_LOGIT, within(1e-4)));
        }
    }

    static Stream<String> families() {
        return TestModels.FAMILIES.stream();
    }

    @ParameterizedTest
    @MethodSource("families")
    void an_encoder_keeps_its_batches(String name) {
        ModelFiles files = ModelFiles.in(TestModels.directory(name));
        try (PairEncoder tokenizer = PairTokenizer.load(files, 96, 48)) {
            for (Engine engine : enginesHere()) {
                try (InferenceBackend backend = engine.load(files, List.of(Device.CPU), ModelOutput.LOGITS)) {
                    assertThat(BatchCheck.checked(name, tokenizer, backend)).isSameAs(backend);
                }
            }
        }
    }

    private static List<Engine> enginesHere() {
        return TestModels.onPlatformOfPyTorch() ? List.of(Engine.values()) : List.of(Engine.ONNX_RUNTIME);
    }

    @Test
    void a_model_whose_scores_depend_on_others_reads_one_text_per_run() {
        FakeBackend backend = new FakeBackend(16, 256) {

            @Override
            public float[][] run(List<TokenSequence> pairs) {
                float[][] logits = super.run(pairs);
                logits[0][0] += pairs.size();
                return logits;
            }
        };

        InferenceBackend checked = BatchCheck.checked("a model", encoder, backend);

        assertThat(checked.limits()).isEqualTo(InferenceBackend.RunLimits.ONE);
        checked.close();
        assertThat(backend.closed).isTrue();
    }

    @Test
    void a_model_that_refuses_several_texts_reads_one_text_per_run() {
        FakeBackend backend = new FakeBackend(16, 256) {

            @Override
            public float[][] run(List<TokenSequence> pairs) {
                if (pairs.size() > 1) {
                    throw new LocalModelException("one row only");
                }
                return super.run(pairs);
            }
        };

        assertThat(BatchCheck.checked("a model", encoder, backend).limits()).isEqualTo(InferenceBackend.RunLimits.ONE);
    }

    @Test
    void a_model_that_fails_alone_is_left_to_the_first_call() {
        FakeBackend backend = new FakeBackend(16, 256) {

            @Override
            public float[][] run(List<TokenSequence> pairs) {
                throw new LocalModelException("broken");
            }
        };

        assertThat(BatchCheck.checked("a model", encoder, backend)).isSameAs(backend);
    }

    @Test
    void an_engine_is_closed_if_the_check_fails() {
        FakeBackend backend = new FakeBackend(16, 256);
        encoder.close();

        assertThatThrownBy(() -> BatchCheck.checked("a model", encoder, backend))
                .isInstanceOf(ClosedModelException.class);

        assertThat(backend.closed).isTrue();
    }
}
