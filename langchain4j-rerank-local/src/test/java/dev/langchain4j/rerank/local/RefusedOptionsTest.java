package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.rerank.InvalidOptionException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A refused option is named by the exception, at once where the option alone is wrong and by build() where it does not fit. */
class RefusedOptionsTest {

    static Stream<Arguments> missing() {
        return Stream.of(
                refused("modelPath", () -> crossEncoder().modelPath(none())),
                refused("modelResources", () -> crossEncoder().modelResources(none())),
                refused("modelName", () -> crossEncoder().modelName(none())),
                refused("revision", () -> crossEncoder().revision(none())),
                refused("onnxVariant", () -> crossEncoder().onnxVariant(none())),
                refused("cacheDirectory", () -> crossEncoder().cacheDirectory(none())),
                refused("hubToken", () -> crossEncoder().hubToken(none())),
                refused("downloadListener", () -> crossEncoder().downloadListener(none())),
                refused("engine", () -> crossEncoder().engine(RefusedOptionsTest.<Engine>none())),
                refused("device", () -> crossEncoder().device(none())),
                refused("device", () -> crossEncoder().device("cpu", RefusedOptionsTest.<String>none())),
                refused("device", () -> crossEncoder().device("cpu", RefusedOptionsTest.<String[]>none())),
                refused("activation", () -> crossEncoder().activation(none())),
                refused("activation", () -> GenerativeScoringModel.qwen3().activation(none())),
                refused("instruction", () -> GenerativeScoringModel.qwen3().instruction(none())),
                refused("prompt", () -> GenerativeScoringModel.builder(none())),
                refused("parts", () -> new RelevancePrompt(none(), "yes", null)),
                refused("yes", () -> new RelevancePrompt(List.of("{query}{document}"), none(), null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missing")
    void null_is_refused_at_once_with_a_remedy(String option, ThrowingCallable setting) {
        assertThatThrownBy(setting)
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        refusal -> assertThat(refusal.option()).isEqualTo(option))
                .hasMessageMatching(option + " is null: .+");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                refused("modelName", () -> crossEncoder().modelName("../tiny")),
                refused("revision", () -> crossEncoder().revision("..")),
                refused("hubToken", () -> crossEncoder().hubToken(" ")),
                refused("device", () -> crossEncoder().device("gpu")),
                refused("workers", () -> crossEncoder().workers(0)),
                refused("maxWaitingCalls", () -> crossEncoder().maxWaitingCalls(0)),
                refused("maxLength", () -> crossEncoder().maxLength(0)),
                refused("queryMaxLength", () -> crossEncoder().queryMaxLength(0)),
                refused("earlyExit", () -> crossEncoder().earlyExit(0)),
                refused("maxLength", () -> GenerativeScoringModel.qwen3().maxLength(0)),
                refused("queryMaxLength", () -> GenerativeScoringModel.qwen3().queryMaxLength(0)),
                refused("instruction", () -> GenerativeScoringModel.qwen3().instruction(" ")),
                refused("queryLength", () -> ColbertScoringModel.builder().queryLength(0)),
                refused("documentLength", () -> ColbertScoringModel.builder().documentLength(0)),
                refused("documentCache", () -> ColbertScoringModel.builder().documentCache(-1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void a_value_that_no_model_has_is_refused_at_once(String option, ThrowingCallable setting) {
        assertNames(option, setting);
    }

    static Stream<Arguments> unfit() {
        Path bert = TestModels.directory("bert");
        return Stream.of(
                refused("modelName", () -> crossEncoder().build()),
                refused(
                        "modelName",
                        () -> TestModels.builder("bert").modelName("acme/tiny").build()),
                refused(
                        "revision",
                        () -> TestModels.builder("bert").revision("main").build()),
                refused(
                        "onnxVariant",
                        () -> TestModels.builder("bert")
                                .onnxVariant(OnnxVariant.O1)
                                .build()),
                refused(
                        "modelPath",
                        () -> crossEncoder().modelPath(bert.resolve("none")).build()),
                refused(
                        "modelPath",
                        () -> crossEncoder().modelPath(bert.resolve("..")).build()),
                refused(
                        "modelResources",
                        () -> crossEncoder()
                                .modelResources(RefusedOptionsTest.class)
                                .build()),
                refused(
                        "modelPath",
                        () -> TestModels.builder("bert-int8")
                                .engine(Engine.PYTORCH)
                                .build()),
                refused(
                        "device",
                        () -> TestModels.builder("bert").device("cuda:7").build()),
                refused(
                        "maxLength",
                        () -> TestModels.builder("bert").maxLength(97).build()),
                refused(
                        "queryMaxLength",
                        () -> TestModels.builder("bert").queryMaxLength(96).build()),
                refused(
                        "queryLength",
                        () -> ColbertScoringModel.builder()
                                .modelPath(TestModels.directory("colbert"))
                                .queryLength(2)
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void an_option_that_does_not_fit_is_refused_by_build(String option, ThrowingCallable build) {
        assertNames(option, build);
    }

    private static void assertNames(String option, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        refusal -> assertThat(refusal.option()).isEqualTo(option));
    }

    private static Arguments refused(String option, ThrowingCallable call) {
        return arguments(option, call);
    }

    private static CrossEncoderScoringModel.Builder crossEncoder() {
        return CrossEncoderScoringModel.builder();
    }

    /** Null, for parameters that are not nullable. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T extends @Nullable Object> T none() {
        return null;
    }
}
