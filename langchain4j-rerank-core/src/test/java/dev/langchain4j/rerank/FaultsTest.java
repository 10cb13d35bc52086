package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.keptTexts;
import static dev.langchain4j.rerank.TestContents.numberIn;
import static dev.langchain4j.rerank.TestContents.texts;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model does wrong, and the exact outcome of each under both policies. */
class FaultsTest {

    private static final Map<Query, Collection<List<Content>>> FOUND = found(contents("a", "b", "c"));
    private static final String PROMISE = "; a scoring model returns one finite score per segment, in their order";

    /** Fault, the model, the class and the message of the exception. */
    static Stream<Arguments> faults() {
        return Stream.of(
                fault("throws", new IllegalStateException("broken"), IllegalStateException.class, "broken"),
                fault("too few", Arrays.asList(1.0, 2.0), "returned 2 scores for 3 segments" + PROMISE),
                fault("too many", Arrays.asList(1.0, 2.0, 3.0, 4.0), "returned 4 scores for 3 segments" + PROMISE),
                fault("none", List.of(), "returned 0 scores for 3 segments" + PROMISE),
                fault(
                        "a null",
                        Arrays.asList(1.0, null, 3.0),
                        "returned null for the segment at index 1 of 3" + PROMISE),
                fault(
                        "NaN",
                        Arrays.asList(1.0, 2.0, Double.NaN),
                        "returned NaN for the segment at index 2 of 3" + PROMISE),
                fault(
                        "infinity",
                        Arrays.asList(Double.NEGATIVE_INFINITY, 2.0, 3.0),
                        "returned -Infinity for the segment at index 0 of 3" + PROMISE));
    }

    private static Arguments fault(
            String name, RuntimeException exception, Class<? extends Throwable> type, String message) {
        ScoringModel model = (segments, query) -> {
            throw exception;
        };
        return Arguments.of(name, model, type, message);
    }

    private static Arguments fault(String name, List<Double> scores, String message) {
        return Arguments.of(
                name,
                new Answering(new Response<>(scores, null, null)),
                InvalidScoresException.class,
                "Answering " + message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void throws_by_default(String fault, ScoringModel model, Class<? extends Throwable> type, String message) {
        assertThatThrownBy(
                        () -> RerankingContentAggregator.builder(model).build().aggregate(FOUND))
                .isExactlyInstanceOf(type)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void keeps_the_retrieval_order_if_told_so(
            String fault, ScoringModel model, Class<? extends Throwable> type, String message) {
        Ranking ranking = keeping(model).minScore(99).topK(2).build().rank(FOUND);

        assertThat(keptTexts(ranking)).containsExactly("a", "b");
        assertThat(ranking.kept()).allSatisfy(content -> {
            assertThat(content.rawScore()).isNull();
            assertThat(content.score()).isNull();
            assertThat(content.detail()).isEqualTo(ScoreDetail.ofRetrieval());
            assertThat(content.content().metadata()).doesNotContainKey(ContentMetadata.RERANKED_SCORE);
        });
        assertThat(ranking.dropped())
                .extracting(RankedContent::toString)
                .containsExactly("#3 (was #3), not scored, dropped: beyond top 2");
        assertThat(ranking.degraded()).isTrue();
        assertThat(ranking.degradedBy()).isExactlyInstanceOf(type).hasMessage(message);
    }

    @Test
    void throws_the_very_exception_of_the_model() {
        IllegalStateException exception = new IllegalStateException("broken");

        assertThat(catchThrowable(() -> RerankingContentAggregator.builder(failing(exception))
                        .build()
                        .aggregate(FOUND)))
                .isSameAs(exception);
        assertThat(catchThrowable(() -> RerankingContentAggregator.builder(failing(exception))
                        .timeout(Duration.ofMinutes(1))
                        .build()
                        .aggregate(FOUND)))
                .isSameAs(exception);
    }

    @Test
    void refuses_null_instead_of_a_response() {
        assertThatThrownBy(() -> RerankingContentAggregator.builder(new Answering(null))
                        .build()
                        .aggregate(FOUND))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage("Answering returned null for 3 segments" + PROMISE);
    }

    @Test
    void refuses_details_that_do_not_go_with_the_scores() {
        ScoringModel model = new Answering(new Response<>(
                List.of(1.0, 2.0, 3.0),
                null,
                null,
                RerankMetadata.builder()
                        .scoreDetails(List.of(ScoreDetail.ofScored()))
                        .build()
                        .toMap()));

        assertThatThrownBy(
                        () -> RerankingContentAggregator.builder(model).build().aggregate(FOUND))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage("Answering returned 1 score details for 3 segments; "
                        + "a scoring model returns one detail per score or none");
    }

    @Test
    void does_not_let_a_model_modify_the_list() {
        ScoringModel sorting = (segments, query) -> {
            Collections.reverse(segments);
            return Response.from(List.of(1.0, 2.0, 3.0));
        };

        assertThatThrownBy(() ->
                        RerankingContentAggregator.builder(sorting).build().aggregate(FOUND))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
        assertThat(keptTexts(keeping(sorting).build().rank(FOUND))).containsExactly("a", "b", "c");
    }

    @Test
    void wraps_an_exception_that_java_would_not_let_through() {
        IOException exception = new IOException("from a model written in Kotlin");

        assertThatThrownBy(() -> RerankingContentAggregator.builder(failing(exception))
                        .build()
                        .aggregate(FOUND))
                .isExactlyInstanceOf(LangChain4jException.class)
                .hasCause(exception);
        assertThat(keeping(failing(exception)).build().rank(FOUND).degradedBy()).isSameAs(exception);
    }

    @Test
    void throws_errors_in_any_case() {
        Error error = new LinkageError("no native library");

        assertThat(catchThrowable(() -> keeping(failing(error)).build().aggregate(FOUND)))
                .isSameAs(error);
        assertThat(catchThrowable(() -> keeping(failing(error))
                        .timeout(Duration.ofMinutes(1))
                        .build()
                        .aggregate(FOUND)))
                .isSameAs(error);
    }

    @Test
    void counts_an_executor_that_refuses_as_a_failure() {
        ScoringModel model = (segments, query) -> Response.from(List.of(1.0, 2.0, 3.0));
        RejectedExecutionException refusal = new RejectedExecutionException("full");

        Ranking ranking = keeping(model)
                .timeout(Duration.ofMinutes(1))
                .executor(task -> {
                    throw refusal;
                })
                .build()
                .rank(FOUND);

        assertThat(keptTexts(ranking)).containsExactly("a", "b", "c");
        assertThat(ranking.degradedBy()).isSameAs(refusal);
    }

    @Test
    void keeps_the_scores_of_the_queries_that_did_not_fail() {
        Map<Query, Collection<List<Content>>> twoQueries = new HashMap<>();
        twoQueries.put(Query.from("fails"), List.of(contents("a 9", "both 5")));
        twoQueries.put(Query.from("works"), List.of(contents("both 5", "b 3")));
        ScoringModel model = (segments, query) -> {
            if (query.equals("fails")) {
                throw new IllegalStateException("broken");
            }
            return Response.from(
                    segments.stream().map(segment -> numberIn(segment.text())).toList());
        };

        Ranking ranking = keeping(model).build().rank(twoQueries);

        assertThat(ranking.kept())
                .extracting(RankedContent::toString)
                .containsExactly("#1 (was #1), score 5.0", "#2 (was #3), score 3.0", "#3 (was #2), not scored");
        assertThat(ranking.degraded()).isTrue();
    }

    @Test
    void says_degraded_when_the_model_itself_left_texts_unscored() {
        ScoreDetail unnamed = new ScoreDetail(false, "prior order", null, false);
        ScoringModel model = new Answering(new Response<>(
                List.of(0.1, 7.0, 0.2),
                null,
                null,
                RerankMetadata.builder()
                        .scoreDetails(List.of(ScoreDetail.ofScored(), unnamed, ScoreDetail.ofScored()))
                        .build()
                        .toMap()));

        Ranking ranking =
                RerankingContentAggregator.builder(model).minScore(0.15).build().rank(FOUND);

        assertThat(keptTexts(ranking)).containsExactly("c", "b");
        assertThat(ranking.kept().get(1).detail()).isEqualTo(unnamed);
        assertThat(ranking.kept().get(1).score()).isNull();
        assertThat(ranking.degraded()).isTrue();
        assertThat(ranking.degradedBy()).isNull();
    }

    @Test
    void an_interrupt_stops_the_wait_and_the_model() throws Exception {
        HangingModel model = new HangingModel();
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            model.awaitCall();
            caller.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> RerankingContentAggregator.builder(model)
                        .timeout(Duration.ofMinutes(1))
                        .build()
                        .aggregate(FOUND))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("interrupted while waiting for the scores of 0 of 3 candidates")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(model.interrupted.await(10, SECONDS)).isTrue();
    }

    @Test
    void an_interrupt_keeps_the_retrieval_order_if_told_so() {
        HangingModel model = new HangingModel();
        Thread caller = Thread.currentThread();
        new Thread(() -> {
                    model.awaitCall();
                    caller.interrupt();
                })
                .start();

        Ranking ranking = keeping(model).timeout(Duration.ofMinutes(1)).build().rank(FOUND);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(keptTexts(ranking)).containsExactly("a", "b", "c");
        assertThat(ranking.degradedBy()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void an_interrupted_thread_may_rerank_on_its_own() {
        ScoringModel model = (segments, query) -> Response.from(List.of(1.0, 2.0, 3.0));
        Thread.currentThread().interrupt();

        List<Content> contents =
                RerankingContentAggregator.builder(model).build().aggregate(FOUND);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(texts(contents)).containsExactly("c", "b", "a");
    }

    @Test
    void leaves_a_selection_step_out_that_fails_if_told_so() {
        ScoringModel model = (segments, query) -> Response.from(List.of(1.0, 2.0, 3.0));
        IllegalStateException exception = new IllegalStateException("no embeddings");
        SelectionPolicy failing = selection -> {
            throw exception;
        };

        Ranking ranking = keeping(model)
                .selection(failing, SelectionPolicy.topK(1))
                .build()
                .rank(FOUND);

        assertThat(keptTexts(ranking)).containsExactly("c");
        assertThat(ranking.degradedBy()).isSameAs(exception);
        assertThat(catchThrowable(() -> RerankingContentAggregator.builder(model)
                        .selection(failing)
                        .build()
                        .rank(FOUND)))
                .isSameAs(exception);
    }

    @Test
    void refuses_what_a_normalizer_or_combiner_makes_of_scores() {
        ScoringModel model = (segments, query) -> Response.from(List.of(1.0, 2.0, 3.0));

        assertThatThrownBy(() -> RerankingContentAggregator.builder(model)
                        .normalizer((scores, scale) -> new double[1])
                        .build()
                        .aggregate(FOUND))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the normalizer returned 1 scores for 3; it must return one for each");
        assertThatThrownBy(() -> RerankingContentAggregator.builder(model)
                        .combiner((score, retrievalScore) -> Double.NaN)
                        .build()
                        .aggregate(FOUND))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the combiner returned NaN; a score must be a finite number");
    }

    @Test
    void refuses_a_query_selector_that_selects_none() {
        ScoringModel model = (segments, query) -> Response.from(List.of(1.0, 2.0, 3.0));

        assertThatThrownBy(() -> RerankingContentAggregator.builder(model)
                        .querySelector(queries -> null)
                        .build()
                        .aggregate(FOUND))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("querySelector returned null for 1 queries; it must name one");
    }

    @Test
    void refuses_null_instead_of_a_map() {
        ScoringModel model = (segments, query) -> Response.from(List.of());

        assertThatThrownBy(
                        () -> RerankingContentAggregator.builder(model).build().aggregate(null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("queryToContents is null: pass an empty map for no contents");
    }

    @AfterEach
    void leaves_no_interrupt_behind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private static RerankingContentAggregator.Builder keeping(ScoringModel model) {
        return RerankingContentAggregator.builder(model).onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER);
    }

    private static ScoringModel failing(Throwable problem) {
        return (segments, query) -> {
            FaultsTest.<RuntimeException>sneak(problem);
            throw new AssertionError("not reached");
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable problem) throws T {
        throw (T) problem;
    }

    private record Answering(Response<List<Double>> response) implements ScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return response;
        }
    }

    /** Waits until it is interrupted. */
    private static final class HangingModel implements ScoringModel {

        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            called.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
            throw new CancellationException(QUERY.text());
        }

        void awaitCall() {
            try {
                called.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
