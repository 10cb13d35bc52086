package dev.langchain4j.rerank.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A model that keeps the contract passes, and one that breaks it in one way fails the tests that are there for it. */
class ScoringModelContractTest {

    @Test
    void passes_a_model_that_keeps_it() {
        assertThat(failures(Flawless.class)).isEmpty();
    }

    @Test
    void catches_scores_that_are_not_in_the_order_of_the_segments() {
        assertThat(failures(Sorted.class))
                .containsExactlyInAnyOrder(
                        "gives_the_scores_in_the_order_of_the_segments",
                        "scores_a_text_independently_of_its_companions",
                        "scores_a_text_that_comes_twice_twice");
    }

    @Test
    void catches_scores_that_depend_on_the_other_texts() {
        assertThat(failures(Related.class)).containsExactly("scores_a_text_independently_of_its_companions");
    }

    @Test
    void catches_equal_texts_that_are_scored_once() {
        assertThat(failures(Distinct.class)).containsExactly("scores_a_text_that_comes_twice_twice");
    }

    @Test
    void catches_a_model_that_takes_whatever_it_is_given() {
        assertThat(failures(Uncritical.class))
                .contains(
                        "answers_an_empty_list_without_a_call",
                        "refuses_null",
                        "refuses_a_blank_query",
                        "refuses_a_blank_text_and_names_its_place");
    }

    @Test
    void catches_a_model_that_passes_on_whatever_it_gets() {
        assertThat(failures(Gullible.class))
                .containsExactlyInAnyOrder(
                        "refuses_what_is_no_score_and_names_its_place",
                        "refuses_fewer_scores_than_segments",
                        "refuses_more_scores_than_segments");
    }

    @Test
    void catches_async_scores_that_are_other_scores() {
        assertThat(failures(OtherwiseAsync.class)).containsExactly("scores_the_same_asynchronously");
    }

    @Test
    void catches_a_model_that_still_answers_when_it_is_closed() {
        assertThat(failures(NeverClosed.class)).containsExactly("closes_what_it_owns_and_only_that");
    }

    /** The tests of a contract that fail. */
    private static List<String> failures(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getUniqueId().getSegments().stream()
                        .filter(segment -> segment.getType().startsWith("method")
                                || segment.getType().startsWith("test-template"))
                        .map(Segment::getValue)
                        .map(method -> method.substring(0, method.indexOf('(')))
                        .findFirst()
                        .orElseThrow())
                .distinct()
                .toList();
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
        protected final OptionalLong calls() {
            return OptionalLong.of(source.calls().size());
        }

        @Override
        protected final Optional<ScoringModel> modelAnswering(List<Double> scores) {
            return Optional.of(around(FakeScoringModel.answering(scores)));
        }
    }

    static final class Sorted extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> scores(List<TextSegment> segments, String query) {
                    return super.scores(segments, query).stream().sorted().toList();
                }
            };
        }
    }

    static final class Related extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> scores(List<TextSegment> segments, String query) {
                    List<Double> scores = super.scores(segments, query);
                    double best = Collections.max(scores);
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
                List<Double> scores(List<TextSegment> segments, String query) {
                    return super.scores(segments, query).stream().distinct().toList();
                }
            };
        }
    }

    static final class Uncritical extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
                    List<TextSegment> taken = segments == null ? List.of() : segments;
                    return Response.from(scores(taken, query));
                }

                @Override
                void check(boolean right, String otherwise) {}
            };
        }
    }

    static final class Gullible extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                List<Double> scores(List<TextSegment> segments, String query) {
                    return inner.scoreAll(segments, query).content();
                }
            };
        }
    }

    static final class OtherwiseAsync extends Flawless {
        @Override
        Model around(FakeScoringModel inner) {
            return new Model(inner) {
                @Override
                public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
                    return super.doScoreAsync(request)
                            .thenApply(response -> ScoringResponse.builder()
                                    .scores(response.scores().stream()
                                            .map(score -> score / 2)
                                            .toList())
                                    .build());
                }
            };
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

    /** Keeps the contract, as far as its flaws do not override it. */
    private static class Model implements ScoringModel, AutoCloseable {

        final FakeScoringModel inner;
        private volatile boolean closed;

        Model(FakeScoringModel inner) {
            this.inner = inner;
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            check(segments != null, "segments is null");
            check(query != null && !query.isBlank(), "query is blank");
            for (int i = 0; i < segments.size(); i++) {
                check(segments.get(i) != null, "segment %d is null".formatted(i));
            }
            return Response.from(segments.isEmpty() ? List.of() : scores(segments, query));
        }

        List<Double> scores(List<TextSegment> segments, String query) {
            List<Double> scores = inner.scoreAll(segments, query).content();
            check(scores.size() == segments.size(), "%d scores".formatted(scores.size()));
            for (int i = 0; i < scores.size(); i++) {
                Double score = scores.get(i);
                check(score != null && Double.isFinite(score), "score %d is %s".formatted(i, score));
            }
            return scores;
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            for (int i = 0; i < request.documents().size(); i++) {
                check(!request.documents().get(i).isBlank(), "document %d is blank".formatted(i));
            }
            List<TextSegment> segments = request.documents().stream()
                    .map(text -> TextSegment.from(text.isBlank() ? "blank" : text))
                    .toList();
            return CompletableFuture.completedFuture(ScoringResponse.builder()
                    .scores(scoreAll(segments, request.query()).content())
                    .build());
        }

        void check(boolean right, String otherwise) {
            if (!right) {
                throw new IllegalArgumentException(otherwise);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
