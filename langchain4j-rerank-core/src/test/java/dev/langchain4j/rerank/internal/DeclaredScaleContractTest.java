package dev.langchain4j.rerank.internal;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;

/** The contract of foreign models with a declared scale. */
class DeclaredScaleContractTest {

    abstract static class Contract extends ScoringModelContract {

        private final FakeScoringModel fake = new FakeScoringModel();

        /** A foreign model over a source. */
        abstract ScoringModel foreign(FakeScoringModel source);

        @Override
        protected ScoringModel model() {
            return declared(fake);
        }

        @Override
        protected Hook<Integer> calls() {
            return Hook.of(fake.calls().size());
        }

        @Override
        protected Hook<ScoringModel> modelAnswering(List<Double> scores) {
            return Hook.of(declared(FakeScoringModel.answering(scores)));
        }

        @Override
        protected Hook<HeldModel> heldModel() {
            FakeScoringModel held = new FakeScoringModel();
            held.hold();
            return Hook.of(new HeldModel(declared(held), held.reached(), held.stopped()));
        }

        @Override
        protected Hook<Boolean> ownedIsReleased() {
            return Hook.notApplicable("a declared scale owns nothing");
        }

        @Override
        protected Hook<Boolean> borrowedIsOpen() {
            return Hook.of(!fake.closed());
        }

        private ScoringModel declared(FakeScoringModel source) {
            return ScaledScoringModel.of(foreign(source), ScoreScale.LOGIT);
        }
    }

    @Nested
    class SyncOnly extends Contract {

        @Override
        ScoringModel foreign(FakeScoringModel source) {
            return (segments, query) -> source.scoreAll(segments, query);
        }

        @Override
        protected boolean supportsAsync() {
            return false;
        }
    }

    @Nested
    class Async extends Contract {

        @Override
        ScoringModel foreign(FakeScoringModel source) {
            return source;
        }
    }

    @Nested
    class Progressive extends Contract {

        @Override
        ScoringModel foreign(FakeScoringModel source) {
            return new ForeignProgressiveModel(source);
        }
    }

    private record ForeignProgressiveModel(FakeScoringModel source) implements ProgressiveScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return source.scoreAll(segments, query);
        }

        @Override
        public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
            return source.doScoreAsync(request);
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            throw new UnsupportedOperationException("the contract makes no progressive calls");
        }
    }
}
