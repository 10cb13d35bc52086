package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.MilvusLite;
import dev.langchain4j.rerank.testkit.MilvusServer;
import dev.langchain4j.service.Result;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example against a real Milvus and the real models. */
class RagOverMilvusTest {

    private static final EmbeddingModel EMBEDDING_MODEL = new AllMiniLmL6V2QuantizedEmbeddingModel();

    private static MilvusServer server;
    private static MsMarcoMiniLmL12V2QuantizedScoringModel scoringModel;
    private static KnowledgeBase knowledge;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeAll
    static void ingest() {
        server = MilvusServer.start(line -> {});
        scoringModel = new MsMarcoMiniLmL12V2QuantizedScoringModel();
        knowledge = knowledge(new MilvusAddress(server.uri()));
    }

    @AfterAll
    static void close() {
        knowledge.close();
        scoringModel.close();
        server.close();
    }

    @Test
    void reranking_puts_the_answer_first_clearly_more_often_than_retrieval() throws IOException {
        // when
        RetrievalComparison comparison = RetrievalComparison.run(knowledge.retriever(20), scoringModel);
        // then
        Qrels judgements = ComputingHistory.judgements();
        Measure hit = Measure.hit(1);
        Measure ndcg = Measure.ndcg(10);
        assertThat(judgements.queryIds()).hasSize(30);
        assertThat(hit.mean(comparison.reranked(), judgements)).isGreaterThanOrEqualTo(0.88);
        assertThat(ndcg.mean(comparison.reranked(), judgements))
                .isGreaterThan(ndcg.mean(comparison.retrieval(), judgements) + 0.12);
        DocsOutput.COMPARISON.assertPrinted("%s\n".formatted(comparison));
    }

    @Test
    void the_chain_answers_from_reranked_passages() {
        // given
        RerankingContentAggregator aggregator =
                RerankingContentAggregator.builder(scoringModel).topK(3).build();
        Assistant assistant = RagChain.assistant(
                knowledge.retriever(50),
                aggregator,
                new ExtractiveChatModel(),
                MessageWindowChatMemory.withMaxMessages(10));
        // when
        Result<String> result = assistant.answer("In which computer was the moth found in 1947?");
        // then
        assertThat(result.sources()).hasSize(3);
        assertThat(result.content()).contains("Mark II", "[1]").endsWith(ExtractiveChatModel.NOTE);
    }

    @Test
    void four_documents_are_reranked_as_in_the_overview_of_pymilvus() {
        // when
        List<RerankResult> direct = RerankersOverview.rerank(scoringModel, out);
        List<RerankResult> searched =
                RerankersOverview.searchAndRerank(new MilvusAddress(server.uri()), EMBEDDING_MODEL, scoringModel, out);
        // then
        assertThat(direct).hasSize(3).first().extracting(RerankResult::index).isEqualTo(1);
        assertThat(searched)
                .hasSize(3)
                .first()
                .extracting(RerankResult::text)
                .isEqualTo(RerankersOverview.DOCUMENTS.get(1));
        assertThat(printed()).contains("found by Milvus (inner product):", "distance 0.", "reranked:");
    }

    @Test
    void the_console_answers_cites_and_explains_with_and_without_reranking() throws Exception {
        // given
        ConsoleChat chat = new ConsoleChat(knowledge, scoringModel, new ExtractiveChatModel(), out);
        // when
        chat.run(new StringReader("""
                :why
                In which computer was the moth found in 1947?
                :why
                :rerank off
                In which computer was the moth found in 1947?
                :why
                :nonsense
                :quit
                never asked
                """));
        // then
        String[] said = printed().split("> ", -1);
        assertThat(said[1]).isEqualToNormalizingNewlines("  ask a question first\n");
        assertThat(said[2]).contains("Mark II", "[1] ", ".md");
        assertThat(said[3]).contains("50 candidates; before reranking", "after reranking:", "→ 1)");
        assertThat(said[4]).contains("reranking is off: answers come from the first 5 passages that Milvus found");
        assertThat(said[5]).doesNotContain("Mark II").contains("[5] ");
        assertThat(said[6]).contains("reranking is off: Milvus determines the order");
        assertThat(said[7]).contains("unknown command: :nonsense", ":rerank on|off");
        assertThat(said).hasSize(9);
    }

    @Test
    void the_console_says_when_milvus_is_away_and_goes_on_when_it_is_back() throws Exception {
        try (MilvusLite milvus = MilvusLite.start(line -> {});
                KnowledgeBase own = knowledge(new MilvusAddress(milvus.uri()))) {
            // given
            ConsoleChat chat = new ConsoleChat(own, scoringModel, new ExtractiveChatModel(), out);
            String question = "In which computer was the moth found in 1947?\n";
            // when
            milvus.interrupt();
            chat.run(new StringReader(question));
            // then
            assertThat(printed())
                    .contains("Milvus does not respond at " + milvus.uri()
                            + ": start it, or set MILVUS_URI to a running one, and ask again");
            // when
            printed.reset();
            milvus.resume();
            chat.run(new StringReader(question));
            // then
            assertThat(printed()).contains("Mark II");
        }
    }

    @Test
    void ingesting_where_no_milvus_listens_fails_at_once() {
        MilvusAddress nowhere = new MilvusAddress("http://127.0.0.1:1");

        assertThatThrownBy(() -> knowledge(nowhere))
                .isInstanceOf(MilvusAddress.NoAnswerException.class)
                .hasMessage(
                        "Milvus does not respond at http://127.0.0.1:1: start it, or set MILVUS_URI to a running one,"
                                + " and ask again");
    }

    private static KnowledgeBase knowledge(MilvusAddress milvus) {
        return KnowledgeBase.ingest(
                milvus, EMBEDDING_MODEL, IndexType.FLAT, MetricType.COSINE, ComputingHistory.passages());
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
