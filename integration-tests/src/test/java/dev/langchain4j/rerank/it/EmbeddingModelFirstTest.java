package dev.langchain4j.rerank.it;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The usual order in a RAG chain: the embedding model is loaded first. Runs in its own process, once per version of
 * ONNX Runtime (pom.xml).
 */
@Tag("onnxruntime")
class EmbeddingModelFirstTest {

    @Test
    void our_model_works_after_the_embedding_model() throws InterruptedException, ExecutionException {
        EmbeddingModel embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        embeddingModel.embed("creates the environment of the process");
        try (var scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            SharedRuntime.check(embeddingModel, scoringModel);
        }
    }
}
