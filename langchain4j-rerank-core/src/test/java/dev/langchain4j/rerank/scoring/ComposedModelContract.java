package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The contract of models that stand around other scoring models. */
abstract class ComposedModelContract extends ScoringModelContract {

    private final FakeScoringModel fake = new FakeScoringModel();

    /** The model, with {@code inner} in every place where it has a model inside. */
    abstract ScoringModel around(ScaledScoringModel inner);

    @Override
    protected ScoringModel model() {
        return around(logits(fake));
    }

    @Override
    protected OptionalLong calls() {
        return OptionalLong.of(fake.calls().size());
    }

    @Override
    protected Optional<ScoringModel> modelAnswering(List<Double> scores) {
        return Optional.of(around(logits(FakeScoringModel.answering(scores))));
    }

    @Override
    protected Optional<HeldModel> heldModel() {
        FakeScoringModel held = new FakeScoringModel();
        held.hold();
        return Optional.of(new HeldModel(around(logits(held)), held.reached(), held.stopped()));
    }

    @Override
    protected boolean borrowedIsOpen() {
        return !fake.closed();
    }

    private static ScaledScoringModel logits(FakeScoringModel model) {
        return ScaledScoringModel.of(model, ScoreScale.LOGIT);
    }
}
