package dev.langchain4j.rerank.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.testkit.ScoringModelContract.Hook;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A model that keeps the contract passes, and one that breaks it in one way fails the tests of exactly that. */
class ScoringModelContractTest {

    @Test
    void passes_a_model_that_keeps_it() {
        assertThat(failures(Flawless.class)).isEmpty();
        assertThat(skipped(Flawless.class)).isEmpty();
    }

    @Test
    void skips_the_tests_of_hooks_that_are_not_applicable_and_gives_the_reason() {
        assertThat(failures(WithoutHooks.class)).isEmpty();
        assertThat(skipped(WithoutHooks.class))
                .containsExactlyInAnyOrder(
                        "makes_no_call_for_an_empty_list_or_for_refused_arguments: no calls",
                        "makes_no_call_from_an_interrupted_thread: no calls",
                        "refuses_what_is_no_score_and_names_its_index: no modelAnswering",
                        "refuses_fewer_scores_than_segments: no modelAnswering",
                        "refuses_more_scores_than_segments: no modelAnswering",
                        "cancels_a_call_when_its_thread_is_interrupted_and_stops_the_source: no heldModel",
                        "stops_the_source_when_the_future_is_cancelled: no heldModel",
                        "releases_what_it_owns_when_it_is_closed: no ownedIsReleased",
                        "leaves_open_what_it_does_not_own: no borrowedIsOpen");
    }

    @Test
    void needs_a_reason_for_a_hook_that_is_not_applicable() {
        assertThatThrownBy(() -> Hook.notApplicable(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hook.of(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void catches_scores_that_are_not_in_the_order_of_the_segments() {
        assertThat(failures(Sorted.class))
                .containsExactlyInAnyOrder(
                        "returns_the_scores_in_the_order_of_the_segments",
                        "scores_a_text_independently_of_the_others",
                        "scores_a_text_that_comes_twice_twice");
    }

    @Test
    void catches_scores_that_depend_on_the_other_texts() {
        assertThat(failures(Related.class)).containsExactly("scores_a_text_independently_of_the_others");
    }

    @Test
    void catches_equal_texts_that_are_scored_once() {
        assertThat(failures(Distinct.class)).containsExactly("scores_a_text_that_comes_twice_twice");
    }

    @Test
    void catches_a_model_that_accepts_any_argument() {
        assertThat(failures(Uncritical.class))
                .containsExactlyInAnyOrder(
                        "refuses_a_null_list",
                        "refuses_a_null_segment_and_names_its_index",
                        "refuses_a_null_query",
                        "refuses_a_blank_query",
                        "refuses_a_null_text_and_names_its_index",
                        "refuses_a_blank_text_and_names_its_index",
                        "makes_no_call_for_an_empty_list_or_for_refused_arguments");
    }

    @Test
    void catches_another_exception_for_refused_arguments() {
        assertThat(failures(OtherException.class)).containsExactlyInAnyOrder(refusals());
    }

    @Test
    void catches_another_wording_for_refused_arguments() {
        assertThat(failures(OtherWording.class)).containsExactlyInAnyOrder(refusals());
    }

    @Test
    void catches_async_calls_that_throw() {
        assertThat(failures(ThrowingAsync.class))
                .containsExactlyInAnyOrder(
                        "refuses_a_blank_query",
                        "refuses_a_null_text_and_names_its_index",
                        "refuses_a_blank_text_and_names_its_index",
                        "refuses_what_is_no_score_and_names_its_index",
                        "refuses_fewer_scores_than_segments",
                        "refuses_more_scores_than_segments",
                        "refuses_calls_after_it_was_closed");
    }

    @Test
    void catches_a_call_of_the_source_without_segments() {
        assertThat(failures(CallingForNothing.class))
                .containsExactly("makes_no_call_for_an_empty_list_or_for_refused_arguments");
    }

    @Test
    void catches_a_model_that_returns_whatever_its_source_returns() {
        assertThat(failures(Gullible.class))
                .containsExactlyInAnyOrder(
                        "refuses_what_is_no_score_and_names_its_index",
                        "refuses_fewer_scores_than_segments",
                        "refuses_more_scores_than_segments");
    }

    @Test
    void catches_async_scores_that_are_other_scores() {
        assertThat(failures(OtherwiseAsync.class)).containsExactly("scores_the_same_asynchronously");
    }

    @Test
    void catches_a_model_that_calls_its_source_from_an_interrupted_thread() {
        assertThat(failures(BlindToInterrupts.class))
                .containsExactlyInAnyOrder(
                        "cancels_a_call_of_an_interrupted_thread", "makes_no_call_from_an_interrupted_thread");
    }

    @Test
    void catches_a_model_that_clears_the_interrupt_flag() {
        assertThat(failures(ClearingFlag.class))
                .containsExactlyInAnyOrder(
                        "cancels_a_call_of_an_interrupted_thread",
                        "cancels_a_call_when_its_thread_is_interrupted_and_stops_the_source");
    }

    @Test
    void catches_another_exception_for_an_interrupt() {
        assertThat(failures(OtherInterruption.class))
                .containsExactlyInAnyOrder(
                        "cancels_a_call_of_an_interrupted_thread",
                        "cancels_a_call_when_its_thread_is_interrupted_and_stops_the_source");
    }

    @Test
    void catches_a_model_that_does_not_stop_its_source() {
        assertThat(failures(NotStopping.class))
                .containsExactlyInAnyOrder(
                        "cancels_a_call_when_its_thread_is_interrupted_and_stops_the_source",
                        "stops_the_source_when_the_future_is_cancelled");
    }

    @Test
    void catches_a_model_that_still_scores_after_it_was_closed() {
        assertThat(failures(NeverClosed.class)).containsExactly("refuses_calls_after_it_was_closed");
    }

    @Test
    void catches_a_model_that_cannot_be_closed_twice() {
        assertThat(failures(ClosedOnce.class)).contains("can_be_closed_twice");
    }

    @Test
    void catches_a_model_that_keeps_what_it_owns_or_closes_what_it_does_not() {
        assertThat(failures(Leaking.class)).containsExactly("releases_what_it_owns_when_it_is_closed");
        assertThat(failures(ClosingInner.class)).containsExactly("leaves_open_what_it_does_not_own");
    }

    private static String[] refusals() {
        return new String[] {
            "refuses_a_null_list",
            "refuses_a_null_segment_and_names_its_index",
            "refuses_a_null_query",
            "refuses_a_blank_query",
            "refuses_a_null_text_and_names_its_index",
            "refuses_a_blank_text_and_names_its_index"
        };
    }

    /** The tests of a contract that fail. */
    private static List<String> failures(Class<?> contract) {
        return run(contract)
                .failed()
                .map(event -> method(event.getTestDescriptor()))
                .distinct()
                .toList();
    }

    /** The tests of a contract that are skipped, with the reason. */
    private static List<String> skipped(Class<?> contract) {
        return run(contract)
                .aborted()
                .map(event -> method(event.getTestDescriptor()) + ": "
                        + event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()
                                .getMessage()
                                .replace("Assumption failed: ", ""))
                .distinct()
                .toList();
    }

    private static Events run(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
    }

    private static String method(TestDescriptor test) {
        return test.getUniqueId().getSegments().stream()
                .filter(segment -> segment.getType().startsWith("method")
                        || segment.getType().startsWith("test-template"))
                .map(Segment::getValue)
                .map(method -> method.substring(0, method.indexOf('(')))
                .findFirst()
                .orElseThrow();
    }

    static class Flawless extends ScoringModelContract {

        private final FakeScoringModel source = new FakeScoringModel();

        @Override
        protected final ScoringModel model() {
            return around(source);
        }

        Model around(FakeScoringModel inner) {
            return new Model(inner);
        }

        @Override
        protected Hook<Integer> calls() {
            return Hook.of(source.calls().size());
        }

        @Override
        protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
            return Hook.of(around(FakeScoringModel.answering(scores)));
        }

        @Override
        protected Hook<HeldModel> heldModel() {
            FakeScoringModel held = new FakeScoringModel();
            held.hold();
            return Hook.of(new HeldModel(around(held), held.reached(), held.stopped()));
        }

        @Override
        protected Hook<Boolean> ownedIsReleased() {
            return Hook.of(true);
        }

        @Override
        protected Hook<Boolean> borrowedIsOpen() {
            return Hook.of(!source.closed());
        }
    }

    static final class WithoutHooks extends ScoringModelContract {

        @Override
        protected ScoringModel model() {
            return new Model(new FakeScoringModel());
        }

        @Override
        protected Hook<Integer> calls() {
            return Hook.notApplicable("no calls");
        }

        @Override
        protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
            return Hook.notApplicable("no modelAnswering");
        }

        @Override
        protected Hook<HeldModel> heldModel() {
            return Hook.notApplicable("no heldModel");
        }

        @Override
        protected Hook<Boolean> ownedIsReleased() {
            return Hook.notApplicable("no ownedIsReleased");
        }

        @Override
        protected Hook<Boolean> borrowedIsOpen() {
            return Hook.notApplicable("no borrowedIsOpen");
        }
    }

    static final class Sorted extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> checked(List<Double> scores, int segments) {
                    return super.checked(scores, segments).stream().sorted().toList();
                }
            };
        }
    }

    static final class Related extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> checked(List<Double> scores, int segments) {
                    double best = Collections.max(super.checked(scores, segments));
                    return scores.stream().map(score -> score - best).toList();
                }
            };
        }
    }

    static final class Distinct extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> checked(List<Double> scores, int segments) {
                    return super.checked(scores, segments).stream().distinct().toList();
                }
            };
        }
    }

    static final class Uncritical extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                RuntimeException refusal(String message) {
                    return new IgnoredException();
                }
            };
        }
    }

    static final class OtherException extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                RuntimeException refusal(String message) {
                    return new NumberFormatException(message); // an IllegalArgumentException
                }
            };
        }
    }

    static final class OtherWording extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                RuntimeException refusal(String message) {
                    return new IllegalArgumentException(message + ", please");
                }
            };
        }
    }

    static final class ThrowingAsync extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
                    CompletableFuture<ScoringResponse> future = super.doScoreAsync(request);
                    if (future.isCompletedExceptionally()) {
                        throw new IllegalStateException("failed");
                    }
                    return future;
                }
            };
        }
    }

    static final class CallingForNothing extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public Response<List<Double>> scoreAll(@Nullable List<TextSegment> segments, @Nullable String query) {
                    if (segments != null && segments.isEmpty()) {
                        return inner.scoreAll(segments, "query");
                    }
                    return super.scoreAll(segments, query);
                }
            };
        }
    }

    static final class Gullible extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> checked(List<Double> scores, int segments) {
                    return scores;
                }
            };
        }
    }

    static final class OtherwiseAsync extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> asyncScores(List<Double> scores) {
                    return scores.stream().map(score -> score / 2).toList();
                }
            };
        }
    }

    static final class BlindToInterrupts extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                void refuseInterrupted() {}
            };
        }
    }

    static final class ClearingFlag extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public Response<List<Double>> scoreAll(@Nullable List<TextSegment> segments, @Nullable String query) {
                    try {
                        return super.scoreAll(segments, query);
                    } finally {
                        boolean unused = Thread.interrupted();
                    }
                }
            };
        }
    }

    static final class OtherInterruption extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public Response<List<Double>> scoreAll(@Nullable List<TextSegment> segments, @Nullable String query) {
                    try {
                        return super.scoreAll(segments, query);
                    } catch (CancellationException e) {
                        throw new IllegalStateException("interrupted", e);
                    }
                }
            };
        }
    }

    static final class NotStopping extends Flawless {
        @Override
        protected Hook<HeldModel> heldModel() {
            FakeScoringModel held = new FakeScoringModel();
            held.hold();
            return Hook.of(new HeldModel(around(held), held.reached(), new CompletableFuture<>()));
        }

        @Override
        Duration patience() {
            return Duration.ofSeconds(1);
        }
    }

    static final class NeverClosed extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public void close() {}
            };
        }
    }

    static final class ClosedOnce extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                private boolean closed;

                @Override
                public void close() {
                    if (closed) {
                        throw new IllegalStateException("closed twice");
                    }
                    closed = true;
                    super.close();
                }
            };
        }
    }

    static final class Leaking extends Flawless {
        @Override
        protected Hook<Boolean> ownedIsReleased() {
            return Hook.of(false);
        }
    }

    static final class ClosingInner extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public void close() {
                    super.close();
                    inner.close();
                }
            };
        }
    }

    /** Instead of a refusal: the model goes on. */
    private static final class IgnoredException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Keeps the contract, except for the flaws of its subclasses. */
    private static class Model implements ScoringModel, AutoCloseable {

        final FakeScoringModel inner;
        private volatile boolean closed;

        Model(FakeScoringModel inner) {
            this.inner = inner;
        }

        @Override
        public Response<List<Double>> scoreAll(@Nullable List<TextSegment> segments, @Nullable String query) {
            refuseClosed();
            check(segments != null, "segments is null: pass a list, an empty one if there is nothing to score");
            List<TextSegment> present = segments == null ? List.of(TextSegment.from("a text")) : segments;
            for (int i = 0; i < present.size(); i++) {
                check(
                        present.get(i) != null,
                        "the segment at index %d of %d is null: leave it out".formatted(i, present.size()));
            }
            checkQuery(query);
            if (present.isEmpty()) {
                return Response.from(List.of());
            }
            refuseInterrupted();
            List<TextSegment> known = present.stream()
                    .map(segment -> segment == null ? TextSegment.from("null") : segment)
                    .toList();
            return Response.from(
                    checked(inner.scoreAll(known, String.valueOf(query)).content(), known.size()));
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            List<String> texts = request.documents();
            try {
                refuseClosed();
                for (int i = 0; i < texts.size(); i++) {
                    String text = texts.get(i);
                    check(
                            text != null && !text.isBlank(),
                            "the text at index %d of %d is %s: leave it out"
                                    .formatted(i, texts.size(), text == null ? "null" : "blank"));
                }
                checkQuery(request.query());
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
            if (texts.isEmpty()) {
                return CompletableFuture.completedFuture(
                        ScoringResponse.builder().scores(List.of()).build());
            }
            CompletableFuture<ScoringResponse> source = inner.doScoreAsync(
                    request.documents().stream().anyMatch(text -> text == null) ? fixed(request) : request);
            CompletableFuture<ScoringResponse> response = source.thenApply(answer -> ScoringResponse.builder()
                    .scores(asyncScores(checked(answer.scores(), texts.size())))
                    .build());
            CompletableFuture<?> unused = response.whenComplete((answer, failure) -> source.cancel(true));
            return response;
        }

        private static ScoringRequest fixed(ScoringRequest request) {
            return ScoringRequest.builder()
                    .query(request.query())
                    .documents(request.documents().stream().map(String::valueOf).toList())
                    .build();
        }

        private void refuseClosed() {
            if (closed) {
                String name = getClass().getName();
                String simpleName = getClass().getSimpleName();
                throw new IllegalStateException("%s is closed: build a new model"
                        .formatted(simpleName.isEmpty() ? name.substring(name.lastIndexOf('.') + 1) : simpleName));
            }
        }

        private void checkQuery(@Nullable String query) {
            check(
                    query != null && !query.isBlank(),
                    "query is %s: pass the question that the texts are scored against"
                            .formatted(query == null ? "null" : "blank"));
        }

        private void check(boolean right, String otherwise) {
            if (!right) {
                RuntimeException refusal = refusal(otherwise);
                if (!(refusal instanceof IgnoredException)) {
                    throw refusal;
                }
            }
        }

        RuntimeException refusal(String message) {
            return new IllegalArgumentException(message);
        }

        void refuseInterrupted() {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted");
            }
        }

        List<Double> checked(List<Double> scores, int segments) {
            if (scores.size() != segments) {
                throw new IllegalStateException("%d scores".formatted(scores.size()));
            }
            IntStream.range(0, segments).forEach(i -> {
                Double score = scores.get(i);
                if (score == null || !Double.isFinite(score)) {
                    throw new IllegalStateException("score %d is %s".formatted(i, score));
                }
            });
            return scores;
        }

        List<Double> asyncScores(List<Double> scores) {
            return scores;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
