package dev.langchain4j.rerank.examples;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.MilvusServer;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.io.PrintStream;
import java.util.List;

/** A tour: a LangChain4j RAG chain over Milvus, and the gain from reranking its retrieval. */
public final class RagOverMilvus {

    private static final int CANDIDATES = 50;

    /** On these passages 20 do as well as 50, in a third of the time: see docs/how-to/evaluate.md. */
    private static final int JUDGED_CANDIDATES = 20;

    private static final List<String> SHOWN = List.of(
            "In which computer was the moth found in 1947?",
            "Which move of AlphaGo surprised the experts in the second game against Lee Sedol?",
            "For which company was the Intel 4004 originally designed?");

    private RagOverMilvus() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        EmbeddingModel embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        try (MilvusServer server = MilvusServer.start(out::println);
                MsMarcoMiniLmL12V2QuantizedScoringModel scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            MilvusAddress milvus = new MilvusAddress(server.uri());
            out.printf("Using %s%n", server.description());

            out.printf("%n1. Rerank four documents%n  %s%n", RerankersOverview.QUERY);
            RerankersOverview.rerank(scoringModel, out);

            out.printf("%n2. Search three of them in Milvus, then rerank%n");
            RerankersOverview.searchAndRerank(milvus, embeddingModel, scoringModel, out);

            out.printf(
                    "%n3. A RAG chain over %d passages%n",
                    ComputingHistory.passages().size());
            try (KnowledgeBase knowledge = KnowledgeBase.ingest(
                    milvus, embeddingModel, IndexType.FLAT, MetricType.COSINE, ComputingHistory.passages())) {
                answer(knowledge.retriever(CANDIDATES), scoringModel, out);
                out.printf(
                        "%n4. The gain: %d judged questions, %d candidates each%n",
                        ComputingHistory.questions().size(), JUDGED_CANDIDATES);
                out.println(RetrievalComparison.run(knowledge.retriever(JUDGED_CANDIDATES), scoringModel));
            }
        }
    }

    private static void answer(
            ContentRetriever retriever, MsMarcoMiniLmL12V2QuantizedScoringModel scoringModel, PrintStream out) {
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(scoringModel).topK(5).build();
        Assistant assistant = RagChain.assistant(
                retriever,
                retrieved -> print(aggregator.rank(retrieved), out),
                ChatModels.from(System.getenv()),
                MessageWindowChatMemory.withMaxMessages(10));
        for (String question : SHOWN) {
            out.printf("%n  %s%n", question);
            out.printf("  Answer: %s%n", assistant.answer(question).content());
        }
    }

    private static List<Content> print(Ranking ranking, PrintStream out) {
        CandidateTable.print(ranking, out);
        return ranking.kept().stream().map(RankedContent::content).toList();
    }
}
