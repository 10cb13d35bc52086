package dev.langchain4j.rerank.scoring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option that a builder refuses is named by the exception. */
class InvalidOptionsTest {

    private static final FakeScoringModel MODEL = new FakeScoringModel();

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("model", () -> CachingScoringModel.builder(null)),
                refused("maxEntries", () -> cache().maxEntries(0)),
                refused("maxCharacters", () -> cache().maxCharacters(0)),
                refused("expireAfterWrite", () -> cache().expireAfterWrite(null)),
                refused("cheap", () -> CascadeScoringModel.builder(null, MODEL)),
                refused("costly", () -> CascadeScoringModel.builder(MODEL, null)),
                refused("keep", () -> CascadeScoringModel.builder(MODEL, MODEL).keep(0)),
                refused(
                        "latencyBudget",
                        () -> CascadeScoringModel.builder(MODEL, MODEL).latencyBudget(null)),
                refused("name", () -> FallbackScoringModel.builder(" ", MODEL)),
                refused("orElse", () -> FallbackScoringModel.builder("first", null)),
                refused("orElse", () -> chain().orElse("second", null)),
                refused("name", () -> chain().orElse("first", MODEL)),
                refused("openAfter", () -> chain().openAfter(0)),
                refused("openFor", () -> chain().openFor(Duration.ZERO)),
                refused("fallbackOn", () -> chain().fallbackOn(Exception.class, null)),
                refused("normalizer", () -> chain().normalizer(null, ScoreScale.LOGIT)),
                refused("model", () -> LongDocumentScoringModel.builder(null)),
                refused("window", () -> windows().window(0)),
                refused("overlap", () -> windows().overlap(-1)),
                refused("overlap", () -> windows().window(4).overlap(4).build()),
                refused("maxWindows", () -> windows().maxWindows(0)),
                refused("meanOfTop", () -> windows().meanOfTop(0)),
                refused("windower", () -> windows().windower(null)),
                refused("tokenCountEstimator", () -> windows().tokenCountEstimator(null)),
                refused("and", () -> WeightedScoringModel.builder(MODEL, 1).and(null, 1)),
                refused("weight", () -> WeightedScoringModel.builder(MODEL, 0)),
                refused(
                        "normalizer",
                        () -> WeightedScoringModel.builder(MODEL, 1).normalizer(null, ScoreScale.LOGIT)),
                refused("chatModel", () -> ListwiseChatScoringModel.builder(null)),
                refused("windowSize", () -> chat().windowSize(1)),
                refused("step", () -> chat().step(0)),
                refused("step", () -> chat().windowSize(10).step(10).build()),
                refused("maxPassageCharacters", () -> chat().maxPassageCharacters(0)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void names_the_option(String option, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(InvalidOptionException.class))
                .extracting(InvalidOptionException::option)
                .isEqualTo(option);
    }

    private static Arguments refused(String option, ThrowingCallable call) {
        return Arguments.of(option, call);
    }

    private static CachingScoringModel.Builder cache() {
        return CachingScoringModel.builder(MODEL);
    }

    private static FallbackScoringModel.Builder chain() {
        return FallbackScoringModel.builder("first", MODEL);
    }

    private static LongDocumentScoringModel.Builder windows() {
        return LongDocumentScoringModel.builder(MODEL).tokenCountEstimator(new WordCount());
    }

    private static ListwiseChatScoringModel.Builder chat() {
        return ListwiseChatScoringModel.builder(new FakeChatModel(passages -> ""));
    }
}
