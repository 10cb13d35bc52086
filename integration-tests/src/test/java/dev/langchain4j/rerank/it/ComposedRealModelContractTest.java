package dev.langchain4j.rerank.it;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.scoring.CachingScoringModel;
import dev.langchain4j.rerank.scoring.FallbackScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.scoring.WeightedScoringModel;
import dev.langchain4j.rerank.testkit.ScoringModelContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A nest of composed models around the real one keeps the contract. */
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
}
