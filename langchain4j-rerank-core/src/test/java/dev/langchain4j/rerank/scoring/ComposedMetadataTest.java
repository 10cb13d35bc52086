package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.request;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Billed units, token usage, model name and details of inner models in the responses of compositions. */
class ComposedMetadataTest {

    private static final ScoreDetail CUT = ScoreDetail.ofScored().withTruncated(true);

    private final ScaledScoringModel inner = new BilledModel();

    /** One search unit per call, one token and one document unit per text. */
    private static final class BilledModel implements ScaledScoringModel {

        @Override
        public ScoreScale scoreScale() {
            return ScoreScale.LOGIT;
        }

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return response(segments.size()).toResponse();
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            return CompletableFuture.completedFuture(
                    response(request.documents().size()).toScoringResponse());
        }

        private static ModelResponse response(int texts) {
            return new ModelResponse(
                    Collections.nCopies(texts, 0.5),
                    RerankMetadata.builder()
                            .modelName("billed")
                            .tokenUsage(new TokenUsage(texts))
                            .scoreDetails(Collections.nCopies(texts, CUT))
                            .billedUnits(Map.of("search_units", 1.0, "documents", (double) texts))
                            .build());
        }
    }

    @Test
    void of_a_declared_scale_are_those_of_the_model() {
        assertBilled(ScaledScoringModel.of(inner, ScoreScale.PROBABILITY), 1, 3, "billed");
    }

    @Test
    void of_a_cache_are_those_of_the_calls_that_it_made() {
        assertBilled(CachingScoringModel.builder(inner).build(), 1, 3, "billed");
        CachingScoringModel cache = CachingScoringModel.builder(inner).build();

        cache.scoreAll(segments("a", "b"), "query");
        RerankMetadata partly = RerankMetadata.of(cache.scoreAll(segments("a", "b", "c"), "query"));
        RerankMetadata cached = RerankMetadata.of(cache.scoreAll(segments("a", "b", "c"), "query"));

        assertThat(partly.billedUnits()).isEqualTo(Map.of("search_units", 1.0, "documents", 1.0));
        assertThat(cached.billedUnits()).isEmpty();
        assertThat(cached.tokenUsage()).isNull();
        assertThat(cached.scoreDetails()).containsExactly(CUT, CUT, CUT);
    }

    @Test
    void of_a_fallback_chain_are_those_of_the_model_that_scored() {
        ScoringModel broken = (segments, query) -> {
            throw new IllegalStateException("broken");
        };
        FallbackScoringModel chain = FallbackScoringModel.builder(
                        "first", ScaledScoringModel.of(broken, ScoreScale.LOGIT))
                .orElse("second", inner)
                .normalizer(ScoreNormalizer.sigmoid(), ScoreScale.PROBABILITY)
                .build();

        RerankMetadata metadata = RerankMetadata.of(chain.scoreAll(segments("a", "b", "c"), "query"));

        assertThat(metadata.billedUnits()).isEqualTo(Map.of("search_units", 1.0, "documents", 3.0));
        assertThat(metadata.scoreDetails()).containsOnly(CUT.withStage("second"));
        assertBilled(
                FallbackScoringModel.builder("first", inner)
                        .orElse("second", inner)
                        .build(),
                1,
                3,
                "billed");
    }

    @Test
    void of_a_cascade_are_the_sum_over_both_models() {
        assertBilled(CascadeScoringModel.builder(inner, inner).keep(2).build(), 2, 5, null);
        assertBilled(CascadeScoringModel.builder(inner, inner).keep(3).build(), 1, 3, null);
    }

    @Test
    void of_long_documents_are_those_of_the_windows() {
        LongDocumentScoringModel windowed = LongDocumentScoringModel.builder(inner)
                .tokenCountEstimator(new WordCount())
                .window(2)
                .overlap(0)
                .build();

        assertBilled(windowed, 1, 3, "billed");
        assertThat(RerankMetadata.of(windowed.scoreAll(segments("w1 w2 w3 w4"), "query"))
                        .billedUnits())
                .isEqualTo(Map.of("search_units", 1.0, "documents", 2.0));
    }

    @Test
    void of_a_weighted_mean_are_the_sum_over_all_models() {
        assertBilled(
                WeightedScoringModel.builder(inner, 1)
                        .and(inner, 2)
                        .and(inner, 3)
                        .build(),
                3,
                9,
                null);
    }

    @Test
    void travel_through_several_compositions() {
        ScaledScoringModel nested = CachingScoringModel.builder(FallbackScoringModel.builder(
                                "windowed",
                                LongDocumentScoringModel.builder(WeightedScoringModel.builder(inner, 1)
                                                .and(inner, 1)
                                                .build())
                                        .tokenCountEstimator(new WordCount())
                                        .build())
                        .orElse("plain", inner)
                        .build())
                .build();

        assertBilled(nested, 2, 6, null);
    }

    private static void assertBilled(ScoringModel model, double calls, int texts, String modelName) {
        Map<String, Double> units = Map.of("search_units", calls, "documents", (double) texts);
        // Two queries, so that a cache makes a call for each.
        RerankMetadata sync = RerankMetadata.of(model.scoreAll(segments("a", "b", "c"), "sync"));
        RerankMetadata async = RerankMetadata.of(
                model.scoreAsync(request("async", "a", "b", "c")).join());

        assertThat(sync.billedUnits()).isEqualTo(units);
        assertThat(async.billedUnits()).isEqualTo(units);
        assertThat(sync.tokenUsage()).isEqualTo(new TokenUsage(texts));
        assertThat(async.tokenUsage()).isEqualTo(new TokenUsage(texts));
        assertThat(async.modelName()).isEqualTo(modelName);
        assertThat(sync.scoreDetails()).hasSize(3).allMatch(ScoreDetail::truncated);
        assertThat(async.scoreDetails()).isEqualTo(sync.scoreDetails());
    }
}
