package dev.langchain4j.rerank.scoring;

import static dev.langchain4j.rerank.scoring.Texts.request;
import static dev.langchain4j.rerank.scoring.Texts.segments;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WeightedScoringModelTest {

    private final FakeScoringModel first = new FakeScoringModel((text, query) -> text.length());
    private final FakeScoringModel second = new FakeScoringModel((text, query) -> query.length());

    @Test
    void the_score_is_the_weighted_mean() {
        WeightedScoringModel model = WeightedScoringModel.builder(logits(first), 3)
                .and(logits(second), 1)
                .build();

        Response<List<Double>> response = model.scoreAll(segments("1", "22", "333"), "55555");

        assertThat(response.content())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly((3.0 * 1 + 5) / 4, (3.0 * 2 + 5) / 4, (3.0 * 3 + 5) / 4);
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(3 + 3));
        assertThat(model.scoreScale()).isEqualTo(ScoreScale.LOGIT);
        assertThat(model.listwise()).isFalse();
    }

    @Test
    void an_async_call_asks_all_models_at_once() {
        first.hold();
        WeightedScoringModel model = WeightedScoringModel.builder(logits(first), 1)
                .and(logits(second), 1)
                .build();

        CompletableFuture<ScoringResponse> future = model.scoreAsync(request("55555", "1"));

        assertThat(second.calls()).hasSize(1);
        first.release();
        assertThat(future.join().scores()).containsExactly((1.0 + 5.0) / 2);
    }

    @Test
    void the_failure_of_one_model_stops_the_others() throws Exception {
        InternalServerException failure = new InternalServerException("down");
        first.hold();
        second.fail(failure);
        WeightedScoringModel model = WeightedScoringModel.builder(logits(first), 1)
                .and(logits(second), 1)
                .build();

        CompletableFuture<ScoringResponse> future = model.scoreAsync(request("query", "1"));

        assertThatThrownBy(() -> future.get(30, SECONDS)).hasCause(failure);
        first.stopped().get(30, SECONDS);
    }

    @Test
    void after_the_failure_of_one_model_a_sync_call_does_not_ask_the_next() {
        InternalServerException failure = new InternalServerException("down");
        first.fail(failure);
        WeightedScoringModel model = WeightedScoringModel.builder(logits(first), 1)
                .and(logits(second), 1)
                .build();

        assertThatThrownBy(() -> model.scoreAll(segments("a"), "query")).isSameAs(failure);
        assertThat(second.calls()).isEmpty();
    }

    @Test
    void a_normalizer_brings_different_scales_to_one() {
        FakeScoringModel likely = new FakeScoringModel((text, query) -> 0.9);
        WeightedScoringModel model = WeightedScoringModel.builder(logits(first), 1)
                .and(ScaledScoringModel.of(likely, ScoreScale.PROBABILITY), 1)
                .normalizer(ScoreNormalizer.sigmoid(), ScoreScale.PROBABILITY)
                .build();

        assertThat(model.scoreAll(segments("22"), "query").content().get(0))
                .isCloseTo((1 / (1 + Math.exp(-2)) + 0.9) / 2, within(1e-12));
        assertThat(model.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
        assertThat(model.listwise()).isFalse();
    }

    @Test
    void is_listwise_if_a_normalizer_makes_scores_relative() {
        WeightedScoringModel model = WeightedScoringModel.builder(logits(first), 1)
                .and(second, 1)
                .normalizer(ScoreNormalizer.minMax(), ScoreScale.RELATIVE)
                .build();

        assertThat(model.listwise()).isTrue();
        assertThat(model.scoreAll(segments("1", "333", "22"), "query").content())
                .containsExactly((0.0 + 1) / 2, (1.0 + 1) / 2, (0.5 + 1) / 2);
    }

    @Test
    void reports_the_detail_of_the_heaviest_model_and_whether_any_cut_the_text() {
        ScoreDetail light = new ScoreDetail(true, "light", null, true);
        ScoreDetail heavy = new ScoreDetail(true, "heavy", new TextWindow(0, 1), false);
        WeightedScoringModel model = WeightedScoringModel.builder(saying(light), 1)
                .and(saying(heavy), 2)
                .and(saying(light), 1)
                .build();

        assertThat(ScoreDetails.of(model.scoreAll(segments("a"), "query")))
                .containsExactly(new ScoreDetail(true, "heavy", new TextWindow(0, 1), true));
    }

    @Test
    void refuses_to_add_what_does_not_add_up() {
        assertThatIllegalStateException()
                .isThrownBy(WeightedScoringModel.builder(first, 1).and(second, 1)::build)
                .withMessage(
                        "the scores of the models say only an order, they cannot be added; set a normalizer, or state"
                                + " the scale of the models with ScaledScoringModel.of");
        assertThatIllegalStateException()
                .isThrownBy(WeightedScoringModel.builder(first, 1).and(logits(second), 1)::build)
                .withMessage("the models have different scales, model 1 RELATIVE, model 2 LOGIT: their"
                        + " scores do not compare; set a normalizer that brings them to one");
    }

    @Test
    void refuses_bad_options() {
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WeightedScoringModel.builder(first, weight))
                    .withMessage("weight must be a finite number above 0, got %s".formatted(weight));
        }
    }

    private static ScaledScoringModel logits(ScoringModel model) {
        return ScaledScoringModel.of(model, ScoreScale.LOGIT);
    }

    private static ScaledScoringModel saying(ScoreDetail detail) {
        return logits((segments, query) -> Response.from(
                List.of(0.5),
                null,
                null,
                RerankMetadata.builder().scoreDetails(List.of(detail)).build().toMap()));
    }
}
