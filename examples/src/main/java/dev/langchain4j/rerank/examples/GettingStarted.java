package dev.langchain4j.rerank.examples;

// tag::rerank
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.util.List;

/** Ten lines that rerank, offline. */
public final class GettingStarted {

    private GettingStarted() {}

    public static void main(String[] args) {
        try (var scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            Reranker reranker = Reranker.builder(scoringModel).topK(2).build();
            reranker.rerank(
                            "How do I keep bread from going stale?",
                            List.of(
                                    "Boussingault described in 1852 how bread goes stale.",
                                    "To keep bread fresh, freeze the loaf on the day it was baked.",
                                    "A baker's dozen is thirteen."))
                    .forEach(System.out::println);
        }
    }
}
// end::rerank
