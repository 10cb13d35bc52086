package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An in-process embedding model and a reranker of this library in one process, which has only one ONNX Runtime. */
final class SharedRuntime {

    private static final int THREADS = 4;
    private static final String QUERY = "Which machine played chess?";
    private static final String PASSAGE = "Deep Blue played six games of chess against Garry Kasparov in 1997.";

    private SharedRuntime() {}

    /** Asserts that both return the same results from many threads as from one. */
    static void check(EmbeddingModel embeddingModel, ScoringModel scoringModel)
            throws InterruptedException, ExecutionException {
        // the build sets the version of ONNX Runtime under test
        assertThat(OrtEnvironment.getEnvironment().getVersion())
                .isEqualTo(System.getProperty("rerank.expected.onnxruntime"));
        float[] vector = embeddingModel.embed(PASSAGE).content().vector();
        double score = scoringModel.score(PASSAGE, QUERY).content();
        assertThat(score).isGreaterThan(0);

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int call = 0; call < 10 * THREADS; call++) {
                calls.add(threads.submit(
                        () -> assertThat(embeddingModel.embed(PASSAGE).content().vector())
                                .isEqualTo(vector)));
                calls.add(threads.submit(() ->
                        assertThat(scoringModel.score(PASSAGE, QUERY).content()).isEqualTo(score)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
