package dev.langchain4j.rerank.local;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;

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
}
