package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The examples of PyMilvus's Rerankers Overview: rerank four documents, and the results of a Milvus search. */
final class RerankersOverview {

    static final String QUERY = "At which event in 1956 did artificial intelligence get its name?";

    static final List<String> DOCUMENTS = List.of(
            "Alan Turing asked in 1950 whether machines can think, and put the imitation game in the place of the question.",
            "In the summer of 1956 John McCarthy and his guests met at Dartmouth College for a workshop whose proposal had "
                    + "coined the words artificial intelligence.",
            "Turing and David Champernowne worked out a chess program on paper long before a machine could run it.",
            "Allen Newell, Herbert Simon and Cliff Shaw wrote the Logic Theorist, which proved theorems of the Principia "
                    + "Mathematica from the end of 1955 on.");

    private RerankersOverview() {}

    /** Reranks the documents. */
    static List<RerankResult> rerank(ScoringModel scoringModel, PrintStream out) {
        Reranker reranker = Reranker.builder(scoringModel).topK(3).build();
        List<RerankResult> results = reranker.rerank(QUERY, DOCUMENTS);
        results.forEach(result -> out.println("  " + result));
        return results;
    }

    /** Searches three of them in Milvus (index IVF_FLAT, metric IP), then reranks the results. */
    static List<RerankResult> searchAndRerank(
            MilvusAddress milvus, EmbeddingModel embeddingModel, ScoringModel scoringModel, PrintStream out) {
        List<TextSegment> segments = DOCUMENTS.stream().map(TextSegment::from).toList();
        try (KnowledgeBase knowledge =
                KnowledgeBase.ingest(milvus, embeddingModel, IndexType.IVF_FLAT, MetricType.IP, segments)) {
            List<Content> found = knowledge.retriever(3).retrieve(Query.from(QUERY));
            out.println("  found by Milvus (inner product):");
            found.forEach(content -> out.printf(
                    Locale.ROOT,
                    "    distance %.4f  %s%n",
                    innerProduct(content),
                    content.textSegment().text()));
            Reranker reranker = Reranker.builder(scoringModel).build();
            List<RerankResult> results = reranker.rerank(
                    QUERY,
                    found.stream().map(content -> content.textSegment().text()).toList());
            out.println("  reranked:");
            results.forEach(result -> out.printf(Locale.ROOT, "    score %8.4f  %s%n", result.score(), result.text()));
            return results;
        }
    }

    /** langchain4j-milvus reports {@code (distance + 1) / 2} as the score. */
    private static double innerProduct(Content content) {
        return 2 * KnowledgeBase.score(content) - 1;
    }
}
