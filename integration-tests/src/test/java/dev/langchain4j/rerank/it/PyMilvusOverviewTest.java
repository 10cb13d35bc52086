package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The four documents of Milvus's Rerankers Overview, with the logits that the Python original computes for the same
 * model.
 */
class PyMilvusOverviewTest {

    private static final String REFERENCE =
            "cross-encoder/ms-marco-MiniLM-L-12-v2 int8 (logits, onnxruntime 1.21.1 Python, one pair a run)";

    @Test
    void ranks_and_scores_the_documents_as_python_does() throws IOException {
        JsonNode overview = new ObjectMapper()
                .readTree(ReferenceData.require("pymilvus-overview.json").toFile());
        List<String> documents = new ArrayList<>();
        overview.get("documents").forEach(document -> documents.add(document.asText()));
        JsonNode logits = overview.get("reference").get(REFERENCE);
        double tolerance = ReferenceRuntime.isHere() ? 0.01 : 0.5;

        List<RerankResult> results;
        try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            results = Reranker.builder(model)
                    .topK(3)
                    .build()
                    .rerank(overview.get("query").asText(), documents);
        }

        assertThat(results).extracting(RerankResult::index).containsExactly(1, 0, 3);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.text()).isEqualTo(documents.get(result.index()));
            assertThat(result.score())
                    .isCloseTo(logits.get(String.valueOf(result.index())).asDouble(), within(tolerance));
        });
    }
}
