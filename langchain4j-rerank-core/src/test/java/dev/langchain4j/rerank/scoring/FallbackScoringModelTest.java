package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.request;
import static dev.langchain4j.rerank.scoring.Texts.scores;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class FallbackScoringModelTest {

    private final RuntimeException down = new InternalServerException("down");

    /** A clock that the test moves. */
    private static final class SetClock extends Clock {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("breakers know no zones");
        }
    }

    private final FakeScoringModel first = new FakeScoringModel();
    private final FakeScoringModel second = new FakeScoringModel((text, query) -> 2);
    private final SetClock clock = new SetClock();
    private final FallbackScoringModel model = chain().build();

    private FallbackScoringModel.Builder chain() {
        return FallbackScoringModel.builder("first", logits(first))
                .orElse("second", logits(second))
                .openAfter(3)
                .openFor(Duration.ofSeconds(20))
                .clock(clock);
    }

    @Test
    void the_first_model_answers_and_says_so() {
        Response<List<Double>> response = model.scoreAll(segments("a", "b"), "query");

        assertThat(response.content()).containsExactly(scores("query", "a", "b"));
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::stage).containsExactly("first", "first");
        assertThat(second.calls()).isEmpty();
    }

    @Test
    void the_second_model_answers_where_the_first_fails_and_says_so() {
        first.fail(down);

        Response<List<Double>> response = model.scoreAll(segments("a", "b"), "query");

        assertThat(response.content()).containsExactly(2.0, 2.0);
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::stage).containsExactly("second", "second");
    }

    @Test
    void the_second_model_answers_an_async_call_too() {
        first.fail(down);

        ScoringResponse response = model.scoreAsync(request("query", "a")).join();

        assertThat(response.scores()).containsExactly(2.0);
        assertThat(ScoreDetails.of(response)).extracting(ScoreDetail::stage).containsExactly("second");
    }

    @Test
    void an_answer_that_is_no_score_counts_as_a_failure() {
        FallbackScoringModel chain = FallbackScoringModel.builder(
                        "first", FakeScoringModel.answering(List.of(Double.NaN)))
                .orElse("second", second)
                .build();

        assertThat(chain.scoreAll(segments("a"), "query").content()).containsExactly(2.0);
    }

    @Test
    void a_stage_inside_the_model_that_answered_stays_readable() {
        FallbackScoringModel chain = FallbackScoringModel.builder("outer", model)
                .orElse("last", logits(second))
                .build();

        assertThat(ScoreDetails.of(chain.scoreAll(segments("a"), "query")))
                .extracting(ScoreDetail::stage)
                .containsExactly("outer/first");
    }

    @Test
    void while_the_first_fails_for_a_minute_the_second_answers_and_the_first_is_hardly_asked() {
        first.fail(down);

        for (int seconds = 0; seconds < 60; seconds++) {
            assertThat(stage(model)).isEqualTo("second");
            clock.pass(Duration.ofSeconds(1));
        }

        // 3 failures opened the breaker in second 2; it let a probe through after more than 20 s, in seconds 23 and 44
        assertThat(first.calls()).hasSize(3 + 2);
        assertThat(second.calls()).hasSize(60);
    }

    @Test
    void the_breaker_closes_after_a_good_probe() {
        first.fail(down);
        for (int call = 0; call < 3; call++) {
            assertThat(stage(model)).isEqualTo("second");
        }
        first.recover();
        assertThat(stage(model)).as("open").isEqualTo("second");

        clock.pass(Duration.ofSeconds(21));
        assertThat(stage(model)).as("probe").isEqualTo("first");

        assertThat(stage(model)).as("closed").isEqualTo("first");
        first.fail(down);
        assertThat(stage(model)).isEqualTo("second");
        first.recover();
        assertThat(stage(model)).as("one failure does not open it").isEqualTo("first");
    }

    @Test
    void failures_that_are_not_in_a_row_leave_the_breaker_closed() {
        for (int call = 0; call < 20; call++) {
            first.fail(down);
            stage(model);
            stage(model);
            first.recover();

            assertThat(stage(model)).isEqualTo("first");
        }
    }

    @Test
    void one_call_probes_while_others_go_on_to_the_second() {
        first.fail(down);
        for (int call = 0; call < 3; call++) {
            stage(model);
        }
        clock.pass(Duration.ofSeconds(21));
        first.recover();
        first.hold();

        CompletableFuture<ScoringResponse> probe = model.scoreAsync(request("query", "a"));

        assertThat(stage(model)).isEqualTo("second");
        first.release();
        assertThat(ScoreDetails.of(probe.join())).extracting(ScoreDetail::stage).containsExactly("first");
        assertThat(stage(model)).isEqualTo("first");
    }

    @Test
    void a_cancelled_probe_lets_the_next_call_probe() {
        first.fail(down);
        for (int call = 0; call < 3; call++) {
            stage(model);
        }
        clock.pass(Duration.ofSeconds(21));
        first.recover();
        first.hold();
        model.scoreAsync(request("query", "a")).cancel(true);
        first.release();

        assertThat(stage(model)).isEqualTo("first");
    }

    @Test
    void falls_back_by_the_type_of_the_failure() {
        FallbackScoringModel choosy =
                chain().fallbackOn(RetriableException.class).build();
        first.fail(new RateLimitException("slow down"));
        assertThat(stage(choosy)).isEqualTo("second");

        AuthenticationException wrongKey = new AuthenticationException("wrong key");
        first.fail(wrongKey);

        for (int call = 0; call < 5; call++) {
            assertThatThrownBy(() -> choosy.scoreAll(segments("a"), "query")).isSameAs(wrongKey);
        }
        assertThat(first.calls())
                .as("the breaker counts only what it falls back on")
                .hasSize(6);
    }

    @Test
    void the_failure_of_the_last_model_reaches_the_caller_and_the_last_is_always_asked() {
        RateLimitException failure = new RateLimitException("slow down");
        first.fail(down);
        second.fail(failure);

        for (int call = 0; call < 10; call++) {
            assertThatThrownBy(() -> model.scoreAll(segments("a"), "query")).isSameAs(failure);
        }

        assertThat(first.calls()).hasSize(3);
        assertThat(second.calls()).hasSize(10);
    }

    @Test
    void a_model_without_async_fails_the_async_call_instead_of_giving_it_to_the_next() {
        FallbackScoringModel chain = FallbackScoringModel.builder("first", FakeScoringModel.synchronousOnly())
                .orElse("second", second)
                .build();

        assertThatThrownBy(() -> chain.scoreAsync(request("query", "a")).get())
                .hasCauseInstanceOf(AsyncNotSupportedException.class);
        assertThat(second.calls()).isEmpty();
    }

    @Test
    void cancellation_does_not_fall_back() throws Exception {
        first.hold();
        CompletableFuture<ScoringResponse> future = model.scoreAsync(request("query", "a"));

        future.cancel(true);

        first.stopped().get(30, SECONDS);
        assertThat(second.calls()).isEmpty();
    }

    @Test
    void interruption_does_not_fall_back() throws Exception {
        first.hold();
        FutureTask<?> task = new FutureTask<>(() -> model.scoreAll(segments("a"), "query"));
        Thread thread = new Thread(task);
        thread.start();
        first.reached().get(30, SECONDS);

        thread.interrupt();

        assertThatThrownBy(() -> task.get(30, SECONDS)).hasCauseInstanceOf(CancellationException.class);
        assertThat(second.calls()).isEmpty();
    }

    @Test
    void has_the_scale_that_the_models_share() {
        assertThat(model.scoreScale()).isEqualTo(ScoreScale.LOGIT);
        assertThat(model.listwise()).isFalse();
    }

    @Test
    void is_listwise_if_scores_of_two_calls_do_not_compare() {
        FallbackScoringModel chain = FallbackScoringModel.builder("first", first)
                .orElse("second", second)
                .build();

        assertThat(chain.scoreScale()).isEqualTo(ScoreScale.RELATIVE);
        assertThat(chain.listwise()).isTrue();
    }

    @Test
    void refuses_models_of_different_scales() {
        FallbackScoringModel.Builder builder = FallbackScoringModel.builder("first", logits(first))
                .orElse("second", ScaledScoringModel.of(second, ScoreScale.PROBABILITY));

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage(
                        "the models have different scales, first LOGIT, second PROBABILITY: their scores do not compare; set a normalizer that brings them to one");
    }

    @Test
    void a_normalizer_brings_different_scales_to_one() {
        FakeScoringModel even = new FakeScoringModel((text, query) -> 0);
        FakeScoringModel likely = new FakeScoringModel((text, query) -> 0.75);
        FallbackScoringModel chain = FallbackScoringModel.builder("logits", logits(even))
                .orElse("probabilities", ScaledScoringModel.of(likely, ScoreScale.PROBABILITY))
                .normalizer(ScoreNormalizer.sigmoid(), ScoreScale.PROBABILITY)
                .build();

        assertThat(chain.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
        assertThat(chain.scoreAll(segments("a"), "query").content()).containsExactly(1 / (1 + Math.exp(0)));
        even.fail(down);
        assertThat(chain.scoreAll(segments("a"), "query").content()).containsExactly(0.75);
    }

    @Test
    void refuses_bad_options() {
        FallbackScoringModel.Builder builder = FallbackScoringModel.builder("first", first);

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("first has no fallback: add a model with orElse");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.orElse("first", second))
                .withMessage("two models of the chain are named first: give each its own name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.orElse(" ", second))
                .withMessage("name is blank: name the model, for instance primary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.orElse("second", null))
                .withMessage("second is null: pass a scoring model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.openAfter(0))
                .withMessage("openAfter must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.openFor(Duration.ZERO))
                .withMessage("openFor must be at least PT0.001S, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.openFor(null))
                .withMessage("openFor is null: pass a duration, or leave openFor out for 30 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.orElse(null, second))
                .withMessage("name is null: name the model, for instance primary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fallbackOn((Class<? extends Throwable>[]) null))
                .withMessage("fallbackOn is null: list types of exceptions, or leave fallbackOn out for all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fallbackOn(RuntimeException.class, null))
                .withMessage("fallbackOn is null: list types of exceptions, or leave fallbackOn out for all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.normalizer(null, ScoreScale.LOGIT))
                .withMessage("normalizer is null: pass a normalizer and the scale of its scores");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.normalizer(ScoreNormalizer.none(), null))
                .withMessage("scale is null: declare LOGIT, PROBABILITY or RELATIVE for the normalized scores");
    }

    private static ScaledScoringModel logits(ScoringModel model) {
        return ScaledScoringModel.of(model, ScoreScale.LOGIT);
    }

    private static String stage(ScoringModel model) {
        return ScoreDetails.of(model.scoreAll(segments("a"), "query")).get(0).stage();
    }
}
