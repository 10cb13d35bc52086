package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model that tells a score when the test says so. Every call is open until the test completes it. */
final class ProgressiveFake implements ScaledScoringModel, ProgressiveScoringModel {

    /** A call that is open. */
    record Call(List<String> texts, String query, ScoreSink sink, CompletableFuture<Void> done) {

        void tell(int index) {
            sink.accept(index, FakeScoringModel.scoreOf(texts.get(index), query));
        }
    }

    private final List<Call> calls = new ArrayList<>();
    private RuntimeException refusal;

    List<Call> calls() {
        return calls;
    }

    /** From now on progressive calls throw at once. */
    void refuse(RuntimeException exception) {
        refusal = exception;
    }

    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        if (refusal != null) {
            throw refusal;
        }
        Call call = new Call(texts, query, sink, new CompletableFuture<>());
        calls.add(call);
        return call.done();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return new FakeScoringModel().scoreAll(segments, query);
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.LOGIT;
    }
}
