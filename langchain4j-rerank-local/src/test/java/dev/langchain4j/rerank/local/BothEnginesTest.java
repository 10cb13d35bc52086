package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.local.TestModels.ReferencePair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same model from its two files. */
class BothEnginesTest {

    static Stream<String> models() {
        return TestModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_pair_has_the_same_score_within_1e4(String name) throws Exception {
        assumeTrue(TestModels.onPlatformOfPyTorch(), "PyTorch is on the test class path for linux-x86_64 only");

        Map<String, List<Double>> onnxRuntime = scores(name, Engine.ONNX_RUNTIME);
        Map<String, List<Double>> pytorch = scores(name, Engine.PYTORCH);

        assertThat(pytorch.keySet()).isEqualTo(onnxRuntime.keySet()).isNotEmpty();
        onnxRuntime.forEach((query, scores) -> {
            for (int i = 0; i < scores.size(); i++) {
                assertThat(pytorch.get(query).get(i)).isCloseTo(scores.get(i), within(1e-4));
            }
        });
    }

    private static Map<String, List<Double>> scores(String name, Engine engine) throws Exception {
        Map<String, List<TextSegment>> passages = TestModels.reference(name).stream()
                .collect(Collectors.groupingBy(
                        ReferencePair::query,
                        Collectors.mapping(pair -> TextSegment.from(pair.passage()), Collectors.toList())));
        Map<String, List<Double>> scores = new HashMap<>();
        TestModels.with(
                name,
                engine,
                model -> passages.forEach((query, segments) ->
                        scores.put(query, model.scoreAll(segments, query).content())));
        return scores;
    }
}
