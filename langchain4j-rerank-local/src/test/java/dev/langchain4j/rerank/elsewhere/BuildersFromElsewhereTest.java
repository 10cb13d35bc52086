package dev.langchain4j.rerank.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.local.Activation;
import dev.langchain4j.rerank.local.ColbertScoringModel;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.GenerativeScoringModel;
import dev.langchain4j.rerank.local.LocalModelBuilder;
import dev.langchain4j.rerank.local.LocalScoringModel;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Builders inherit their common options, which users need not notice and frameworks can make use of. */
class BuildersFromElsewhereTest {

    @Test
    void common_options_and_those_of_the_model_chain_in_any_order() {
        try (CrossEncoderScoringModel crossEncoder = CrossEncoderScoringModel.builder()
                        .modelPath(directory("bert"))
                        .maxLength(64)
                        .workers(1)
                        .activation(Activation.SIGMOID)
                        .device("cpu")
                        .build();
                ColbertScoringModel colbert = ColbertScoringModel.builder()
                        .workers(1)
                        .documentCache(10)
                        .modelPath(directory("colbert"))
                        .documentLength(20)
                        .build();
                GenerativeScoringModel generative = GenerativeScoringModel.qwen3()
                        .modelPath(directory("qwen3"))
                        .instruction("Find it")
                        .workers(1)
                        .queryMaxLength(10)
                        .build()) {
            assertThat(Stream.<ScaledScoringModel>of(crossEncoder, colbert, generative))
                    .allSatisfy(model -> assertThat(model.toString()).endsWith("[cpu], 1 workers]"));
        }
    }

    @Test
    void common_options_can_be_set_whatever_the_model_is() {
        for (LocalModelBuilder<?, ?> builder : List.of(
                CrossEncoderScoringModel.builder().modelPath(directory("bert")),
                ColbertScoringModel.builder().modelPath(directory("colbert")),
                GenerativeScoringModel.qwen3().modelPath(directory("qwen3")))) {
            builder.device("cpu").workers(2).warmUp(false);
            try (LocalScoringModel model = builder.build()) {
                assertThat(model.workers()).isEqualTo(2);
            }
        }
    }

    @Test
    void a_common_option_can_be_passed_on_as_a_method() {
        IntFunction<CrossEncoderScoringModel.Builder> workers = CrossEncoderScoringModel.builder()::workers;

        try (CrossEncoderScoringModel model =
                workers.apply(3).modelPath(directory("bert")).build()) {
            assertThat(model.toString()).endsWith("3 workers]");
        }
    }

    @ParameterizedTest
    @MethodSource
    void options_can_be_set_by_reflection(Object builder, String model) throws Exception {
        // given
        Method modelPath = builder.getClass().getMethod("modelPath", Path.class);
        Method device = builder.getClass().getMethod("device", String.class, String[].class);
        Method build = builder.getClass().getMethod("build");

        // when
        Object afterPath = modelPath.invoke(builder, directory(model));
        Object afterDevice = device.invoke(builder, "cpu", new String[0]);

        // then
        assertThat(afterPath).isSameAs(builder);
        assertThat(afterDevice).isSameAs(builder);
        try (AutoCloseable built = (AutoCloseable) build.invoke(builder)) {
            assertThat(built).isInstanceOf(ScaledScoringModel.class);
        }
    }

    static Stream<Arguments> options_can_be_set_by_reflection() {
        return Stream.of(
                Arguments.of(CrossEncoderScoringModel.builder(), "bert"),
                Arguments.of(ColbertScoringModel.builder(), "colbert"),
                Arguments.of(GenerativeScoringModel.qwen3(), "qwen3"));
    }

    private static Path directory(String model) {
        String resource = "/models/" + model;
        try {
            return Path.of(Objects.requireNonNull(BuildersFromElsewhereTest.class.getResource(resource), resource)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
