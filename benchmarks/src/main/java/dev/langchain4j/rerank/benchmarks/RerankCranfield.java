package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.BeirCollection.Document;
import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.nio.file.Path;

/**
 * What the model of the model module gains on all 225 queries of Cranfield: BM25's candidates, the first 20 and the first
 * 50 reranked. Prints a table with quality and latency. About 11,000 pairs twice over.
 */
public final class RerankCranfield {

    private RerankCranfield() {}

    public static void main(String[] arguments) {
        Path data = ReferenceData.require("cranfield");
        BeirCollection cranfield = BeirCollection.of(data);
        Run candidates = Run.readTrec(data.resolve("bm25.run"));
        try (MsMarcoMiniLmL12V2QuantizedScoringModel model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            System.out.println(Evaluation.builder(
                            cranfield.queries(),
                            candidates,
                            cranfield.texts(candidates.documentIds(), Document::text),
                            cranfield.qrels())
                    .model("ms-marco-MiniLM-L12-v2 int8", model)
                    .measures(Measure.ndcg(10))
                    .depths(20, 50)
                    .build()
                    .run());
        }
    }
}
