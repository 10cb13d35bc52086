package dev.langchain4j.rerank.it;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The reverse order: the reranker is loaded first. Runs in its own process, once per version of ONNX Runtime (pom.xml).
 */
@Tag("onnxruntime")
class RerankerFirstTest {

    @Test
    void the_embedding_model_works_after_our_model() throws InterruptedException, ExecutionException {
        try (var scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            scoringModel.score("a passage", "a query");
            SharedRuntime.check(new AllMiniLmL6V2QuantizedEmbeddingModel(), scoringModel);
        }
    }
}
