package dev.langchain4j.rerank.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.scoring.CachingScoringModel;
import dev.langchain4j.rerank.scoring.FallbackScoringModel;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModelResponseTest {

    @Test
    void names_a_model_by_its_class_and_never_by_nothing() {
        ScoringModel anonymous = new ScoringModel() {
            @Override
            public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
                throw new UnsupportedOperationException("only the name is wanted");
            }
        };

        assertThat(ModelResponse.nameOf(new FakeScoringModel())).isEqualTo("FakeScoringModel");
        assertThat(ModelResponse.nameOf(anonymous)).isEqualTo("ModelResponseTest$1");
        assertThat(ModelResponse.nameOf(ScaledScoringModel.of(anonymous, ScoreScale.LOGIT)))
                .isEqualTo("ModelResponseTest$1");
    }

    @Test
    void names_the_model_of_the_user_through_several_wrappers() {
        ScaledScoringModel wrong = ScaledScoringModel.of(FakeScoringModel.answering(List.of(0.5)), ScoreScale.LOGIT);
        ScoringModel nested = CachingScoringModel.builder(FallbackScoringModel.builder("first", wrong)
                        .orElse("second", wrong)
                        .build())
                .build();

        assertThatThrownBy(() -> nested.scoreAll(List.of(TextSegment.from("a"), TextSegment.from("b")), "query"))
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessageStartingWith("FakeScoringModel returned 1 scores for 2 segments");
    }

    @Test
    void refuses_null_instead_of_a_future() {
        ScoringModel model = new FutureLess();

        assertThatThrownBy(() -> ScaledScoringModel.of(model, ScoreScale.LOGIT)
                        .scoreAsync(request())
                        .get())
                .cause()
                .isExactlyInstanceOf(InvalidScoresException.class)
                .hasMessage("FutureLess returned null instead of a future");
        assertThatThrownBy(() -> CachingScoringModel.builder(model)
                        .build()
                        .scoreAsync(request())
                        .get())
                .cause()
                .hasMessage("FutureLess returned null instead of a future");
    }

    @Test
    void has_a_detail_for_every_score() {
        ModelResponse response = ModelResponse.of(List.of(0.5, 0.25), List.of());

        assertThat(response.details()).containsExactly(ScoreDetail.ofScored(), ScoreDetail.ofScored());
        assertThat(response.insideStage("first").insideStage("outer").details())
                .containsOnly(ScoreDetail.ofScored().withStage("outer/first"));
    }

    private static ScoringRequest request() {
        return ScoringRequest.builder().documents(List.of("a")).query("query").build();
    }

    private static final class FutureLess implements ScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            throw new UnsupportedOperationException("only async calls are made");
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            return null;
        }
    }
}
