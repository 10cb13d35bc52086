package dev.langchain4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.DefaultScoringRequestParameters;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScaledScoringModelTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void states_the_scale_of_a_foreign_model_and_passes_calls_on() throws Exception {
        ForeignModel foreign = new ForeignModel();

        ScaledScoringModel model = ScaledScoringModel.of(foreign, ScoreScale.PROBABILITY);

        assertThat(model.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
        assertThat(model.listwise()).isFalse();
        assertThat(model.scoreAll(List.of(TextSegment.from("a")), "query").content())
                .containsExactly(0.5);
        assertThat(model.doScoreAsync(request()).get().scores()).containsExactly(0.25);
        assertThat(model.defaultRequestParameters()).isSameAs(foreign.defaultRequestParameters());
        assertThat(calls).containsExactly("scoreAll", "doScoreAsync");
        assertThat(((ProgressiveScoringModel) model).progressive()).isFalse();
    }

    @Test
    void stays_progressive_and_listwise_if_the_model_is() {
        ScaledScoringModel progressive = ScaledScoringModel.of(new ProgressiveModel(), ScoreScale.LOGIT);

        assertThat(progressive.listwise()).isTrue();
        assertThat(((ProgressiveScoringModel) progressive).progressive()).isTrue();
        assertThat(((ProgressiveScoringModel) progressive).scoreEach(List.of("a"), "query", (index, score) -> {}))
                .isCompleted();
        assertThat(calls).containsExactly("scoreEach");
    }

    @Test
    void is_named_in_messages_as_the_model_that_it_stands_for() {
        ScaledScoringModel model = ScaledScoringModel.of(new ForeignModel(), ScoreScale.LOGIT);

        assertThatThrownBy(() -> Reranker.builder(model).build().rerank("query", List.of("a", "b")))
                .hasMessageStartingWith("ForeignModel returned 1 scores for 2 segments");
    }

    @Test
    void refuses_null() {
        assertThatThrownBy(() -> ScaledScoringModel.of(null, ScoreScale.LOGIT))
                .hasMessage("model is null: pass the scoring model whose scale you declare");
        assertThatThrownBy(() -> ScaledScoringModel.of(new ForeignModel(), null))
                .hasMessage("scale is null: declare LOGIT, PROBABILITY or RELATIVE");
    }

    private static ScoringRequest request() {
        return ScoringRequest.builder().documents(List.of("a")).query("query").build();
    }

    private class ForeignModel implements ScoringModel {

        private final ScoringRequestParameters parameters =
                DefaultScoringRequestParameters.builder().modelName("model").build();

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            calls.add("scoreAll");
            return Response.from(List.of(0.5));
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            calls.add("doScoreAsync");
            return CompletableFuture.completedFuture(
                    ScoringResponse.builder().scores(List.of(0.25)).build());
        }

        @Override
        public ScoringRequestParameters defaultRequestParameters() {
            return parameters;
        }
    }

    private final class ProgressiveModel extends ForeignModel implements ProgressiveScoringModel, ScaledScoringModel {

        @Override
        public ScoreScale scoreScale() {
            return ScoreScale.RELATIVE;
        }

        @Override
        public boolean listwise() {
            return true;
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            calls.add("scoreEach");
            return CompletableFuture.completedFuture(null);
        }
    }
}
