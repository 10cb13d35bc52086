package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;

/** The contract of models that stand around other scoring models. */
abstract class ComposedModelContract extends ScoringModelContract {

    private final FakeScoringModel fake = new FakeScoringModel();

    /** The model, with {@code inner} for every model inside it. */
    abstract ScoringModel around(ScaledScoringModel inner);

    @Override
    protected ScoringModel model() {
        return around(logits(fake));
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.of(fake.calls().size());
    }

    @Override
    protected Hook<ScoringModel> modelAnswering(List<Double> scores) {
        return Hook.of(around(logits(FakeScoringModel.answering(scores))));
    }

    @Override
    protected Hook<HeldModel> heldModel() {
        FakeScoringModel held = new FakeScoringModel();
        held.hold();
        return Hook.of(new HeldModel(around(logits(held)), held.reached(), held.stopped()));
    }

    @Override
    protected Hook<Boolean> ownedIsReleased() {
        return Hook.notApplicable("a composed model owns nothing");
    }

    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.of(!fake.closed());
    }

    private static ScaledScoringModel logits(FakeScoringModel model) {
        return ScaledScoringModel.of(model, ScoreScale.LOGIT);
    }
}
