package dev.langchain4j.rerank.it;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.scoring.CachingScoringModel;
import dev.langchain4j.rerank.scoring.FallbackScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.scoring.WeightedScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Nested composed models around the real model fulfil the contract. */
class ComposedRealModelContractTest extends ScoringModelContract {

    private static MsMarcoMiniLmL12V2QuantizedScoringModel real;

    @BeforeAll
    static void load() {
        real = new MsMarcoMiniLmL12V2QuantizedScoringModel();
    }

    @AfterAll
    static void close() {
        real.close();
    }

    @Override
    protected ScoringModel model() {
        ScoringModel windowed = LongDocumentScoringModel.builder(real).build();
        ScoringModel mean =
                WeightedScoringModel.builder(real, 1).and(windowed, 1).build();
        return CachingScoringModel.builder(FallbackScoringModel.builder("mean", mean)
                        .orElse("real", real)
                        .build())
                .build();
    }

    @Override
    protected Hook<Integer> calls() {
        return Hook.notApplicable("the runs of the engine are not counted here");
    }

    @Override
    protected Hook<ScoringModel> modelAnswering(List<@Nullable Double> scores) {
        return Hook.notApplicable("the real model scores");
    }

    @Override
    protected Hook<HeldModel> heldModel() {
        return Hook.notApplicable("the engine answers without waiting");
    }

    @Override
    protected Hook<Boolean> ownedIsReleased() {
        return Hook.notApplicable("a composed model owns nothing");
    }

    /** A closed model throws an exception for every call. */
    @Override
    protected Hook<Boolean> borrowedIsOpen() {
        return Hook.of(real.score("a text", query()) != null);
    }
}
