package dev.langchain4j.rerank.local;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract of every scoring model, kept by one that reads some of the texts only. */
class EarlyExitContractTest extends ScoringModelContract {

    @Override
    protected ScoringModel model() {
        return TestModels.builder("bert").earlyExit(2).build();
    }

    @Override
    protected boolean listwise() {
        return true;
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.notApplicable("the runs of the engine are not counted here");
    }

    @Override
    protected Hook<HeldModel> heldModel() {
        return Hook.notApplicable("the engine answers without waiting");
    }

    @Override
    protected Hook<Boolean> ownedIsReleased() {
        return Hook.notApplicable("the memory of the engine cannot be seen here");
    }

    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.notApplicable("the model is lent nothing");
    }

    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        return Hook.notApplicable("the layers of the network are those of the cross-encoder");
    }
}
