package dev.langchain4j.rerank.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises of {@code scoreEach}, for every model that wraps another and is progressive if that is. */
class ProgressiveCompositionsTest {

    private static final ScoreSink IGNORED = (index, score) -> {};

    private final FakeScoringModel fake = new FakeScoringModel();

    interface Wrapper extends Function<ScoringModel, ProgressiveScoringModel> {}

    static Stream<Wrapper> wrappers() {
        return Stream.of(
                model -> CachingScoringModel.builder(model).build(),
                model -> LongDocumentScoringModel.builder(model)
                        .tokenCountEstimator(new WordCount())
                        .build(),
                model -> (ProgressiveScoringModel) ScaledScoringModel.of(model, ScoreScale.LOGIT));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void reports_all_scores_at_the_end_of_one_call_if_the_model_is_not_progressive(Wrapper wrapper) {
        ProgressiveScoringModel model = wrapper.apply(fake);
        List<Integer> reported = new ArrayList<>();

        CompletableFuture<Void> future =
                model.scoreEach(List.of("a", "b", "c"), "query", (index, score) -> reported.add(index));

        assertThat(future).isCompleted();
        assertThat(reported).containsExactly(0, 1, 2);
        assertThat(fake.calls()).hasSize(1);
        assertThat(model.progressive()).isFalse();
        assertThat(wrapper.apply(new ProgressiveFake()).progressive()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void fails_if_the_model_has_no_async(Wrapper wrapper) {
        CompletableFuture<Void> future =
                wrapper.apply(FakeScoringModel.synchronousOnly()).scoreEach(List.of("a"), "query", IGNORED);

        assertThatThrownBy(future::get).hasCauseInstanceOf(AsyncNotSupportedException.class);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void stops_the_call_of_a_model_that_is_not_progressive(Wrapper wrapper) throws Exception {
        fake.hold();
        CompletableFuture<Void> future = wrapper.apply(fake).scoreEach(List.of("a"), "query", IGNORED);

        future.cancel(true);

        fake.stopped().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void completes_without_a_call_if_there_are_no_texts(Wrapper wrapper) {
        assertThat(wrapper.apply(fake).scoreEach(List.of(), "query", IGNORED)).isCompleted();
        assertThat(fake.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void refuses_arguments_through_the_future(Wrapper wrapper) {
        ProgressiveScoringModel model = wrapper.apply(fake);

        assertRefused(
                model.scoreEach(null, "query", IGNORED),
                "texts is null: pass a list, an empty one if there is nothing to score");
        assertRefused(
                model.scoreEach(Arrays.asList("a", null), "query", IGNORED),
                "the text at index 1 of 2 is null: leave it out");
        assertRefused(
                model.scoreEach(List.of(" "), "query", IGNORED), "the text at index 0 of 1 is blank: leave it out");
        assertRefused(
                model.scoreEach(List.of("a"), null, IGNORED),
                "query is null: pass the question that the texts are scored against");
        assertRefused(
                model.scoreEach(List.of("a"), " ", IGNORED),
                "query is blank: pass the question that the texts are scored against");
        assertThat(fake.calls()).isEmpty();
    }

    private static void assertRefused(CompletableFuture<Void> future, String message) {
        assertThatThrownBy(future::get)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
