package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static dev.langchain4j.rerank.TestContents.keptTexts;
import static dev.langchain4j.rerank.TestContents.numberIn;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadlineTest {

    private static final Duration TIMEOUT = Duration.ofMillis(800);

    private final FakeTimer timer = new FakeTimer();
    private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release_the_models_that_hang() {
        release.countDown();
    }

    // A model that is called with a few at a time

    @Test
    void puts_the_scored_first_and_the_rest_behind_in_retrieval_order() {
        ScoringModel model = (segments, query) -> {
            Response<List<Double>> response = scoreByNumber(segments);
            timer.advance(Duration.ofMillis(calls.size() == 1 ? 400 : 401));
            return response;
        };

        Ranking ranking = keeping(model)
                .topK(Integer.MAX_VALUE)
                .build()
                .rank(found(contents("a 1", "b 4", "c 3", "d 2", "e 9", "f 8")));

        assertThat(calls).containsExactly(List.of("a 1", "b 4", "c 3", "d 2"), List.of("e 9", "f 8"));
        assertThat(keptTexts(ranking)).containsExactly("b 4", "c 3", "d 2", "a 1", "e 9", "f 8");
        assertThat(ranking.kept())
                .extracting(content -> content.detail().stage())
                .containsExactly("scored", "scored", "scored", "scored", "retrieval", "retrieval");
        assertThat(ranking.degraded()).isTrue();
        assertThat(ranking.degradedBy())
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage(
                        "scoring was not done after PT0.8S: got 4 of 6 candidates; allow more time, fewer candidates "
                                + "(maxCandidates), or use the scores that are there (FailurePolicy.KEEP_RETRIEVAL_ORDER)");
    }

    @Test
    void applies_no_threshold_to_what_was_not_scored() {
        ScoringModel model = (segments, query) -> {
            Response<List<Double>> response = scoreByNumber(segments);
            timer.advance(Duration.ofMillis(calls.size() == 1 ? 400 : 401));
            return response;
        };

        Ranking ranking = keeping(model)
                .minScore(2.5)
                .selection(SelectionPolicy.scoreGap(1, 1))
                .build()
                .rank(found(contents("a 1", "b 4", "c 3", "d 2", "e 9", "f 8")));

        assertThat(keptTexts(ranking)).containsExactly("b 4", "e 9", "f 8");
    }

    @Test
    void throws_at_the_deadline_by_default() {
        ScoringModel model = (segments, query) -> {
            timer.advance(TIMEOUT);
            return scoreByNumber(segments);
        };

        assertThatThrownBy(() -> within(model).build().rank(found(contents("a 1", "b 2"))))
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage(
                        "scoring was not done after PT0.8S: got 0 of 2 candidates; allow more time, fewer candidates "
                                + "(maxCandidates), or use the scores that are there (FailurePolicy.KEEP_RETRIEVAL_ORDER)");
    }

    @Test
    void is_not_degraded_in_time_and_leaves_no_alarm_behind() {
        Ranking ranking = keeping((segments, query) -> scoreByNumber(segments))
                .build()
                .rank(found(contents("a 1", "b 4", "c 3", "d 2", "e 9", "f 8")));

        assertThat(keptTexts(ranking)).containsExactly("e 9", "f 8", "b 4", "c 3", "d 2");
        assertThat(ranking.degraded()).isFalse();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void grows_the_calls_while_they_cost_no_time() {
        keeping((segments, query) -> scoreByNumber(segments)).build().rank(found(contents(100)));

        assertThat(calls).extracting(List::size).containsExactly(4, 16, 64, 16);
    }

    @Test
    void ends_a_query_at_the_first_call_that_fails_and_keeps_what_was_scored() {
        IllegalStateException exception = new IllegalStateException("broken");
        ScoringModel model = (segments, query) -> {
            Response<List<Double>> response = scoreByNumber(segments);
            if (calls.size() == 2) {
                throw exception;
            }
            return response;
        };

        Ranking ranking = keeping(model).topK(Integer.MAX_VALUE).build().rank(found(contents(30)));

        assertThat(calls).hasSize(2);
        assertThat(keptTexts(ranking)).startsWith("text 3", "text 2", "text 1", "text 0", "text 4", "text 5");
        assertThat(ranking.degradedBy()).isSameAs(exception);
    }

    @Test
    void scores_the_queries_side_by_side_and_keeps_the_best_score() {
        CountDownLatch bothStarted = new CountDownLatch(2);
        ScoringModel model = (segments, query) -> {
            bothStarted.countDown();
            await(bothStarted);
            return Response.from(segments.stream()
                    .map(segment -> query.equals("a") ? 1.0 : 2.0)
                    .toList());
        };
        Map<Query, Collection<List<Content>>> found =
                Map.of(Query.from("a"), List.of(contents("x", "y")), Query.from("b"), List.of(contents("y", "z")));

        Ranking ranking = keeping(model).build().rank(found);

        assertThat(ranking.kept())
                .extracting(content -> content.content().textSegment().text() + " " + content.score())
                .containsExactly("y 2.0", "z 2.0", "x 1.0");
    }

    @Test
    void does_not_grow_the_stack_with_the_number_of_calls() {
        Ranking ranking = keeping((segments, query) -> scoreByNumber(segments))
                .timer(new LateTimer())
                .executor(Runnable::run)
                .maxCandidates(20_000)
                .build()
                .rank(found(contents(20_000)));

        assertThat(calls).hasSizeGreaterThan(19_000);
        assertThat(ranking.degraded()).isFalse();
    }

    // A progressive model

    @Test
    void cancels_the_one_call_of_a_progressive_model() {
        CompletableFuture<Void> call = new CompletableFuture<>();
        ProgressiveFake model = new ProgressiveFake((texts, sink) -> {
            sink.accept(2, 0.3);
            sink.accept(0, 0.2);
            timer.advance(TIMEOUT);
            sink.accept(1, 0.9);
            return call;
        });

        Ranking ranking = keeping(model).build().rank(found(contents("a", "b", "c")));

        assertThat(keptTexts(ranking)).containsExactly("c", "a", "b");
        assertThat(ranking.kept()).extracting(RankedContent::score).containsExactly(0.3, 0.2, null);
        assertCancelledSoon(call);
        assertThat(model.calls).isEqualTo(1);
    }

    @Test
    void keeps_the_details_that_a_progressive_model_tells() {
        ScoreDetail detail = new ScoreDetail(true, "second stage", new TextWindow(0, 1), true);
        ProgressiveFake model = new ProgressiveFake((texts, sink) -> {
            sink.accept(0, 1, detail);
            return CompletableFuture.completedFuture(null);
        });

        assertThat(keeping(model)
                        .build()
                        .rank(found(contents("a")))
                        .kept()
                        .get(0)
                        .detail())
                .isEqualTo(detail);
    }

    @Test
    void refuses_a_progressive_model_that_breaks_its_promise() {
        assertRefused("ProgressiveFake reported 1 scores for 2 texts and completed", (texts, sink) -> {
            sink.accept(0, 1);
            return CompletableFuture.completedFuture(null);
        });
        assertRefused("ProgressiveFake reported the score of the text at index 0 of 2 twice", (texts, sink) -> {
            sink.accept(0, 1);
            sink.accept(0, 2);
            return CompletableFuture.completedFuture(null);
        });
        assertRefused("ProgressiveFake reported a score for index 2, but was given 2 texts", (texts, sink) -> {
            sink.accept(2, 1);
            return CompletableFuture.completedFuture(null);
        });
        assertRefused(
                "ProgressiveFake returned NaN for the segment at index 1 of 2; "
                        + "a scoring model returns one finite score per segment, in their order",
                (texts, sink) -> {
                    sink.accept(1, Double.NaN);
                    return CompletableFuture.completedFuture(null);
                });
    }

    private void assertRefused(String message, Telling telling) {
        assertThatThrownBy(() -> within(new ProgressiveFake(telling)).build().rank(found(contents("a", "b"))))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage(message);
    }

    @Test
    void refuses_null_instead_of_a_future() {
        assertThatThrownBy(() -> within(new ProgressiveFake((texts, sink) -> null))
                        .build()
                        .rank(found(contents("a"))))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage("ProgressiveFake returned null instead of a future");
    }

    @Test
    void stops_a_progressive_model_that_told_nonsense_even_if_it_goes_on() {
        CompletableFuture<Void> call = new CompletableFuture<>();
        ProgressiveFake model = new ProgressiveFake((texts, sink) -> {
            sink.accept(0, 0.5);
            try {
                sink.accept(1, Double.NaN);
            } catch (InvalidScoresException e) {
                assertThat(e).hasMessageContaining("NaN");
            }
            sink.accept(1, 0.9);
            return call;
        });

        Ranking ranking = keeping(model).build().rank(found(contents("a", "b")));

        assertThat(ranking.kept()).extracting(RankedContent::score).containsExactly(0.5, null);
        assertCancelledSoon(call);
    }

    @Test
    void calls_a_progressive_model_as_any_other_without_a_deadline() {
        ProgressiveFake model = new ProgressiveFake((texts, sink) -> {
            throw new AssertionError("not asked for");
        });

        Ranking ranking = RerankingContentAggregator.builder(model).build().rank(found(contents("a 1", "b 2")));

        assertThat(keptTexts(ranking)).containsExactly("b 2", "a 1");
    }

    // A listwise model

    @Test
    void calls_a_listwise_model_once_with_everything() {
        ScaledScoringModel model = new ListwiseFake();

        keeping(model).build().rank(found(contents(50)));

        assertThat(calls).extracting(List::size).containsExactly(50);
    }

    // In real time

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void overshoots_by_50_ms_at_most_even_if_the_model_hangs_and_cannot_be_interrupted(FailurePolicy policy) {
        Duration timeout = Duration.ofMillis(120);
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder((segments, query) -> {
                    awaitUninterruptibly(release);
                    return scoreByNumber(segments);
                })
                .timeout(timeout)
                .onFailure(policy)
                .build();

        assertThat(medianOvershootMillis(aggregator, timeout)).isBetween(0L, 50L);
    }

    @Test
    void overshoots_by_50_ms_at_most_even_if_a_progressive_model_hangs_before_it_returns_a_future() {
        Duration timeout = Duration.ofMillis(120);
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(
                        new ProgressiveFake((texts, sink) -> {
                            awaitUninterruptibly(release);
                            return CompletableFuture.completedFuture(null);
                        }))
                .timeout(timeout)
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build();

        assertThat(medianOvershootMillis(aggregator, timeout)).isBetween(0L, 50L);
    }

    @Test
    void overshoots_by_50_ms_at_most_even_if_a_model_hangs_while_it_is_cancelled() {
        Duration timeout = Duration.ofMillis(120);
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(
                        new ProgressiveFake((texts, sink) -> {
                            CompletableFuture<Void> call = new CompletableFuture<>();
                            CompletableFuture<Void> unused =
                                    call.whenComplete((done, problem) -> awaitUninterruptibly(release));
                            return call;
                        }))
                .timeout(timeout)
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build();

        assertThat(medianOvershootMillis(aggregator, timeout)).isBetween(0L, 50L);
    }

    /** A call that the model returns after the ranking is over is cancelled then, on the model's thread. */
    private static void assertCancelledSoon(CompletableFuture<Void> call) {
        assertThatThrownBy(() -> call.get(10, SECONDS)).isInstanceOf(CancellationException.class);
    }

    /** The median of several, because a machine that is busy with other things may be late at any one. */
    private static long medianOvershootMillis(RerankingContentAggregator aggregator, Duration timeout) {
        long[] overshoots = IntStream.range(0, 9)
                .mapToLong(run -> {
                    long began = System.nanoTime();
                    try {
                        assertThat(aggregator
                                        .rank(found(contents("a 1", "b 2")))
                                        .degraded())
                                .isTrue();
                    } catch (TimeoutException expected) {
                        assertThat(expected).hasMessageContaining("0 of 2 candidates");
                    }
                    return Duration.ofNanos(System.nanoTime() - began)
                            .minus(timeout)
                            .toMillis();
                })
                .sorted()
                .toArray();
        return overshoots[overshoots.length / 2];
    }

    private RerankingContentAggregator.Builder within(ScoringModel model) {
        return RerankingContentAggregator.builder(model).timeout(TIMEOUT).timer(timer);
    }

    private RerankingContentAggregator.Builder keeping(ScoringModel model) {
        return within(model).onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER);
    }

    private Response<List<Double>> scoreByNumber(List<TextSegment> segments) {
        calls.add(segments.stream().map(TextSegment::text).toList());
        return Response.from(
                segments.stream().map(segment -> numberIn(segment.text())).toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Always past the deadline, so that the calls are as small as can be, and never rings. */
    private static final class LateTimer implements Timer {

        private long now;

        @Override
        public long nanos() {
            return now += TIMEOUT.toNanos();
        }

        @Override
        public Runnable after(long nanos, Runnable action) {
            return () -> {};
        }
    }

    private interface Telling {

        CompletableFuture<Void> scoreEach(List<String> texts, ScoreSink sink);
    }

    private final class ProgressiveFake implements ProgressiveScoringModel {

        private final Telling telling;
        private int calls;

        private ProgressiveFake(Telling telling) {
            this.telling = telling;
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return scoreByNumber(segments);
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            calls++;
            return telling.scoreEach(texts, sink);
        }
    }

    private final class ListwiseFake implements ScaledScoringModel {

        @Override
        public ScoreScale scoreScale() {
            return ScoreScale.RELATIVE;
        }

        @Override
        public boolean listwise() {
            return true;
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return scoreByNumber(segments);
        }
    }
}
