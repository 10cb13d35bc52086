package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationListener;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.report.EvaluationReport;
import dev.langchain4j.rerank.report.RankingReport;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.testkit.HeadlessChromium;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import dev.langchain4j.rerank.testkit.ReferenceData;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures in docs/images, of real models on real collections: {@code -Ddocs.update=true}. */
@EnabledIfSystemProperty(named = "docs.update", matches = "true")
class DocsPicturesTest {

    private static final Path IMAGES = ProjectDirectory.root().resolve("docs/images");
    private static final int MAX_BYTES = 300_000;

    @TempDir
    private Path directory;

    @Test
    void ranking() throws Exception {
        Ranking ranking = rerankedHistory("Which cipher was the Colossus machine built to break?");
        Path page = directory.resolve("ranking.html");
        RankingReport.builder(ranking).scale(ScoreScale.LOGIT).build().writeTo(page);
        takePictures("ranking-report", page, 1000);
    }

    /** The example's passages: the 20 nearest by embedding, reranked by windows of 48 tokens so that the best is marked. */
    private static Ranking rerankedHistory(String question) throws Exception {
        EmbeddingModel embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        Path passages = ProjectDirectory.root().resolve("examples/src/main/resources/computing-history/passages.jsonl");
        for (String line : Files.readAllLines(passages)) {
            JsonNode passage = new JsonMapper().readTree(line);
            TextSegment segment = TextSegment.from(
                    passage.get("text").asText(),
                    Metadata.from("title", passage.get("title").asText()));
            store.add(embeddingModel.embed(segment).content(), segment);
        }
        List<Content> retrieved = EmbeddingStoreContentRetriever.builder()
                .embeddingModel(embeddingModel)
                .embeddingStore(store)
                .maxResults(20)
                .build()
                .retrieve(Query.from(question));
        try (MsMarcoMiniLmL12V2QuantizedScoringModel model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            return RerankingContentAggregator.builder(LongDocumentScoringModel.builder(model)
                            .window(48)
                            .overlap(16)
                            .build())
                    .topK(5)
                    .build()
                    .rank(Map.of(Query.from(question), List.of(retrieved)));
        }
    }

    @Test
    void evaluation() throws Exception {
        EvaluationResult result = evaluatedCranfield();
        System.out.println(result);
        Path page = directory.resolve("evaluation.html");
        EvaluationReport.builder(result)
                .title("Cranfield: how deep, and how much of each abstract?")
                .build()
                .writeTo(page);
        takePictures("evaluation-report", page, 1180);
    }

    private static EvaluationResult evaluatedCranfield() {
        Path directory = ReferenceData.require("cranfield");
        BeirCollection cranfield = BeirCollection.of(directory);
        Run bm25 = Run.readTrec(directory.resolve("bm25.run"));
        Map<String, String> texts = cranfield.texts(bm25.documentIds(), BeirCollection.Document::text);
        try (CrossEncoderScoringModel whole = oneWorker(512);
                CrossEncoderScoringModel beginnings = oneWorker(128)) {
            return Evaluation.builder(cranfield.queries(), bm25, texts, cranfield.qrels())
                    .model("MiniLM-L12 int8, 512 tokens", whole)
                    .model("MiniLM-L12 int8, 128 tokens", beginnings)
                    .depths(10, 20, 50)
                    .nanoClock(cpuTime())
                    .listener(EvaluationListener.printingTo(System.out))
                    .build()
                    .run();
        }
    }

    private static CrossEncoderScoringModel oneWorker(int maxLength) {
        return CrossEncoderScoringModel.builder()
                .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                .maxLength(maxLength)
                .queryMaxLength(64)
                .workers(1)
                .build();
    }

    /** The processor time of this JVM, which is what one idle core would take, however busy the machine is. */
    private static LongSupplier cpuTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime;
    }

    private static void takePictures(String name, Path page, int height) throws Exception {
        Files.createDirectories(IMAGES);
        try (HeadlessChromium browser = HeadlessChromium.require()) {
            browser.open(page.toUri(), 1200, height, false);
            take(browser, name + ".png");
            browser.open(page.toUri(), 1200, height, true);
            take(browser, name + "-dark.png");
        }
    }

    private static void take(HeadlessChromium browser, String name) throws Exception {
        byte[] picture = browser.screenshot();
        assertThat(picture).as(name).hasSizeLessThan(MAX_BYTES);
        Files.write(IMAGES.resolve(name), picture);
    }
}
