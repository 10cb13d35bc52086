package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lone surrogate, as a text has it that was cut within a character: Python refuses it, we read on. */
class HalfCharacterTest {

    static Stream<String> models() {
        return TestModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void each_original_refuses_it(String name) {
        assertThat(TestModels.reference(name))
                .filteredOn(pair -> !pair.query().equals(replaced(pair.query()))
                        || !pair.passage().equals(replaced(pair.passage())))
                .hasSize(3)
                .allSatisfy(
                        pair -> assertThat(pair.refused()).isNotEmpty().values().containsOnly("TypeError"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void it_scores_as_the_replacement_character(String name) throws Exception {
        TestModels.with(name, Engine.ONNX_RUNTIME, model -> {
            for (String half : List.of("cut \uD83D", "\uDE00", "a \uDE00\uD83D b")) {
                assertThat(model.score(half, half).content())
                        .isFinite()
                        .isEqualTo(model.score(replaced(half), replaced(half)).content());
            }
        });
    }

    private static String replaced(String text) {
        return text.replaceAll("[\\x{D800}-\\x{DFFF}]", "\uFFFD");
    }
}
