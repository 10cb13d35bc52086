package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.request;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.TextWindower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What composed models tell of where the time went. */
class ComposedTimesTest {

    private static final ScoringTimes TIMES =
            new ScoringTimes(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(40));

    private static final TextWindower WHOLE = (text, maxTokens, overlap) -> List.of(new TextWindow(0, text.length()));

    private final ScaledScoringModel inner = new TimedModel();

    private static final class TimedModel implements ScaledScoringModel {

        @Override
        public ScoreScale scoreScale() {
            return ScoreScale.LOGIT;
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return Response.from(
                    scores(segments),
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
                    .scores(scores(request.documents()))
                    .metadata(RerankMetadata.builder()
                            .scoreDetails(details(request.documents()))
                            .scoringTimes(TIMES)
                            .modelName("model")
                            .build())
                    .build());
        }

        private static List<Double> scores(List<?> texts) {
            return Collections.nCopies(texts.size(), 0.5);
        }

        private static List<ScoreDetail> details(List<?> texts) {
            return Collections.nCopies(texts.size(), ScoreDetail.ofScored());
        }
    }

    @Test
    void are_those_of_the_model_of_a_fallback_chain_that_answered() {
        ScoringModel broken = (segments, query) -> {
            throw new IllegalStateException("broken");
        };
        assertTells(
                FallbackScoringModel.builder("first", ScaledScoringModel.of(broken, ScoreScale.LOGIT))
                        .orElse("second", inner)
                        .normalizer(ScoreNormalizer.sigmoid(), ScoreScale.PROBABILITY)
                        .build(),
                TIMES);
    }

    @Test
    void are_the_sum_over_the_stages_of_a_cascade() {
        ScoringModel cascade = CascadeScoringModel.builder(inner, inner).keep(1).build();

        assertTells(cascade, ScoringTimes.sum(TIMES, TIMES));
        assertAsyncTells(cascade, ScoringTimes.sum(TIMES, TIMES));
    }

    @Test
    void are_those_of_the_windows_of_long_documents() {
        ScoringModel windowed =
                LongDocumentScoringModel.builder(inner).windower(WHOLE).build();

        assertTells(windowed, TIMES);
        assertAsyncTells(windowed, TIMES);
    }

    @Test
    void are_told_of_the_windows_as_they_come() {
        ProgressiveFake progressive = new ProgressiveFake();
        List<ScoringTimes> told = new ArrayList<>();
        CompletableFuture<Void> unused = LongDocumentScoringModel.builder(progressive)
                .windower(WHOLE)
                .build()
                .scoreEach(List.of("text"), "query", new ScoreSink() {

                    @Override
                    public void accept(int index, double score) {}

                    @Override
                    public void times(ScoringTimes times) {
                        told.add(times);
                    }
                });

        progressive.calls().get(0).sink().times(TIMES);

        assertThat(told).containsExactly(TIMES);
    }

    @Test
    void are_not_told_where_inner_calls_may_overlap() {
        assertTells(CachingScoringModel.builder(inner).build(), null);
        assertTells(
                WeightedScoringModel.builder(inner, 1).and(new TimedModel(), 1).build(), null);
    }

    private static void assertTells(ScoringModel model, ScoringTimes times) {
        assertThat(ScoringTimes.of(model.scoreAll(segments("a", "b"), "query"))).isEqualTo(times);
    }

    private static void assertAsyncTells(ScoringModel model, ScoringTimes times) {
        assertThat(ScoringTimes.of(model.scoreAsync(request("query", "a", "b")).join()))
                .isEqualTo(times);
    }
}
