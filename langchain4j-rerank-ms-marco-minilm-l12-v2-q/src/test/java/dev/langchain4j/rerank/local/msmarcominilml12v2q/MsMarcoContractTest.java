package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract of every scoring model, kept by the model in the jar. Its engine cannot be seen from here. */
class MsMarcoContractTest extends ScoringModelContract {

    @Override
    protected ScoringModel model() {
        return new MsMarcoMiniLmL12V2QuantizedScoringModel();
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.notApplicable("the runs of the engine are counted in CrossEncoderContractTest");
    }

    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        return Hook.notApplicable("the weights are those of the jar");
    }

    @Override
    protected Hook<HeldModel> heldModel() {
        return Hook.notApplicable("the engine is held in CrossEncoderContractTest");
    }

    @Override
    protected Hook<Boolean> ownedIsReleased() {
        return Hook.notApplicable("the engine is closed in CrossEncoderContractTest");
    }

    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.notApplicable("the model is lent nothing");
    }
}
