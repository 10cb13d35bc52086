package dev.langchain4j.rerank;

import static dev.langchain4j.rerank.TestContents.QUERY;
import static dev.langchain4j.rerank.TestContents.contents;
import static dev.langchain4j.rerank.TestContents.found;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rag.query.Query;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where the time of scoring went, as a ranking tells it. */
class RankingTimesTest {

    private static final ScoringTimes TIMES =
            new ScoringTimes(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(40));

    private final FakeTimer timer = new FakeTimer();

    /** Tells the times of every call, whichever way it is asked. */
    private static class TimedModel implements ProgressiveScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return Response.from(
                    scores(segments.size()),
                    null,
                    null,
                    RerankMetadata.builder()
                            .scoreDetails(details(segments))
                            .scoringTimes(TIMES)
                            .build()
                            .toMap());
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            return CompletableFuture.completedFuture(ScoringResponse.builder()
                    .scores(scores(request.documents().size()))
                    .metadata(RerankMetadata.builder()
                            .scoreDetails(details(request.documents()))
                            .scoringTimes(TIMES)
                            .modelName("model")
                            .build())
                    .build());
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            for (int i = 0; i < texts.size(); i++) {
                sink.accept(i, 0.5);
            }
            sink.times(TIMES);
            return CompletableFuture.completedFuture(null);
        }

        private static List<Double> scores(int count) {
            return Collections.nCopies(count, 0.5);
        }

        private static List<ScoreDetail> details(List<?> texts) {
            return Collections.nCopies(texts.size(), ScoreDetail.ofScored());
        }
    }

    @Test
    void are_those_of_the_call_on_every_path() throws Exception {
        ScoringModel whole = new TimedModel();
        ScoringModel async = new ScoringModel() {

            @Override
            public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
                throw new AssertionError("asked to block");
            }

            @Override
            public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
                return whole.doScoreAsync(request);
            }
        };

        assertThat(builder(whole).build().rank(found(contents(3))).times()).isEqualTo(TIMES);
        assertThat(builder(whole)
                        .timeout(Duration.ofMillis(800))
                        .build()
                        .rank(found(contents(3)))
                        .times())
                .isEqualTo(TIMES);
        assertThat(builder(async)
                        .build()
                        .rankAsync(found(contents(3)))
                        .get(10, SECONDS)
                        .times())
                .isEqualTo(TIMES);
    }

    @Test
    void are_summed_over_queries_and_over_calls_with_a_few_at_a_time() {
        ScoringModel plain = (segments, query) -> new TimedModel().scoreAll(segments, query);

        Ranking twoQueries = builder(plain)
                .build()
                .rank(Map.of(QUERY, List.of(contents(3)), Query.from("another"), List.of(contents(3))));
        Ranking twoCalls =
                builder(plain).timeout(Duration.ofMillis(800)).build().rank(found(contents(5))); // 4 in the first call

        assertThat(twoQueries.times()).isEqualTo(ScoringTimes.sum(TIMES, TIMES));
        assertThat(twoCalls.times()).isEqualTo(ScoringTimes.sum(TIMES, TIMES));
    }

    @Test
    void reach_a_listener_in_the_ranking() {
        ScoringTimes[] heard = new ScoringTimes[1];
        RerankListener listener = new RerankListener() {

            @Override
            public void onResponse(RerankResponseContext context) {
                heard[0] = context.ranking().times();
            }
        };

        builder(new TimedModel()).listener(listener).build().rank(found(contents(1)));

        assertThat(heard[0]).isEqualTo(TIMES);
    }

    @Test
    void are_unknown_where_the_model_tells_none() {
        ScoringModel silent = (segments, query) -> Response.from(TimedModel.scores(segments.size()));

        assertThat(builder(silent).build().rank(found(contents(1))).times()).isNull();
        assertThat(Ranking.empty().times()).isNull();
    }

    @Test
    void are_unknown_of_a_call_that_the_deadline_cut_short() {
        ScoringModel late = new TimedModel() {

            @Override
            public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                sink.accept(0, 0.5);
                timer.advance(Duration.ofMillis(800));
                sink.times(TIMES);
                return done;
            }
        };

        Ranking ranking = builder(late)
                .timeout(Duration.ofMillis(800))
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build()
                .rank(found(contents(2)));

        assertThat(ranking.degradedBy()).isInstanceOf(TimeoutException.class);
        assertThat(ranking.times()).isNull();
    }

    private RerankingContentAggregator.Builder builder(ScoringModel model) {
        return RerankingContentAggregator.builder(model).timer(timer);
    }
}
