package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.local.InferenceBackend.BatchTooLargeException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network that counts the tokens of one pair and asks its engine for more memory than there is for two. */
class OutOfMemoryTest {

    private static final List<Device> CPU = List.of(Device.CPU);

    @ParameterizedTest
    @EnumSource(Engine.class)
    void an_engine_says_that_it_has_not_the_memory(Engine engine) {
        assumePresent(engine);
        ModelFiles files = ModelFiles.in(TestModels.directory("greedy"));
        TokenSequence pair = new TokenSequence(new int[3], new int[3], false);
        try (InferenceBackend backend = engine.load(files, CPU, ModelOutput.LOGITS)) {
            assertThat(backend.run(List.of(pair))).isDeepEqualTo(new float[][] {{3}});
            assertThatThrownBy(() -> backend.run(List.of(pair, pair))).isInstanceOf(BatchTooLargeException.class);
            assertThat(backend.run(List.of(pair))).isDeepEqualTo(new float[][] {{3}});
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void a_call_goes_on_with_fewer_pairs_at_a_time(Engine engine) {
        assumePresent(engine);
        List<TextSegment> segments =
                Stream.of("a", "a a", "a a a", "a").map(TextSegment::from).toList();
        try (CrossEncoderScoringModel model = TestModels.builder("greedy")
                .engine(engine)
                .workers(1)
                .activation(Activation.NONE)
                .build()) {
            double shortest = model.score("a", "a").content();

            assertThat(model.scoreAll(segments, "a").content())
                    .containsExactly(shortest, shortest + 1, shortest + 2, shortest);
        }
    }

    private static void assumePresent(Engine engine) {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
    }
}
