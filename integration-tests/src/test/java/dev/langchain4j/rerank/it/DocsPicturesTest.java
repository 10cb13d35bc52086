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
import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationClock;
import dev.langchain4j.rerank.evaluation.EvaluationListener;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.report.EvaluationReport;
import dev.langchain4j.rerank.report.RankingReport;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.testkit.HeadlessChromium;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the pictures in docs/images with the real model on the questions of the example: {@code -Ddocs.update=true}.
 * Prints the table in docs/how-to/evaluate.md.
 */
@EnabledIfSystemProperty(named = "docs.update", matches = "true")
class DocsPicturesTest {

    private static final Path IMAGES = ProjectDirectory.root().resolve("docs/images");
    private static final Path HISTORY =
            ProjectDirectory.root().resolve("examples/src/main/resources/computing-history");
    private static final int MAX_BYTES = 300_000;
    private static final JsonMapper JSON = new JsonMapper();

    private static EmbeddingModel embeddingModel;
    private static InMemoryEmbeddingStore<TextSegment> store;

    @TempDir
    private Path directory;

    @BeforeAll
    static void ingest() throws Exception {
        embeddingModel = new AllMiniLmL6V2QuantizedEmbeddingModel();
        store = new InMemoryEmbeddingStore<>();
        for (JsonNode passage : objects("passages.jsonl")) {
            Metadata metadata = Metadata.from("id", passage.get("_id").asText())
                    .put("title", passage.get("title").asText());
            TextSegment segment = TextSegment.from(passage.get("text").asText(), metadata);
            store.add(embeddingModel.embed(segment).content(), segment);
        }
    }

    private static List<JsonNode> objects(String file) throws Exception {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(HISTORY.resolve(file))) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    private static List<Content> retrieve(String question, int maxResults) {
        return EmbeddingStoreContentRetriever.builder()
                .embeddingModel(embeddingModel)
                .embeddingStore(store)
                .maxResults(maxResults)
                .build()
                .retrieve(Query.from(question));
    }

    /** The 20 nearest passages, reranked in windows of 48 tokens so that the best window is marked. */
    @Test
    void ranking() throws Exception {
        String question = "Which cipher was the Colossus machine built to break?";
        Path page = directory.resolve("ranking.html");
        try (MsMarcoMiniLmL12V2QuantizedScoringModel model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            Ranking ranking = RerankingContentAggregator.builder(LongDocumentScoringModel.builder(model)
                            .window(48)
                            .overlap(16)
                            .build())
                    .topK(5)
                    .build()
                    .rank(Map.of(Query.from(question), List.of(retrieve(question, 20))));
            RankingReport.builder(ranking).scale(ScoreScale.LOGIT).build().writeTo(page);
        }
        takePictures("ranking-report", page, 1000);
    }

    /** Whole passages compared with their beginnings, at four depths. */
    @Test
    void evaluation() throws Exception {
        EvaluationResult result = evaluated();
        System.out.println(result);
        Path page = directory.resolve("evaluation.html");
        EvaluationReport.builder(result)
                .title("Which reranker, and how deep?")
                .build()
                .writeTo(page);
        takePictures("evaluation-report", page, 1180);
    }

    private static EvaluationResult evaluated() throws Exception {
        Map<String, String> questions = new LinkedHashMap<>();
        Map<String, List<String>> rankings = new LinkedHashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (JsonNode question : objects("questions.jsonl")) {
            String text = question.get("text").asText();
            List<String> ranking = new ArrayList<>();
            for (Content content : retrieve(text, 50)) {
                TextSegment segment = content.textSegment();
                ranking.add(segment.metadata().getString("id"));
                texts.put(segment.metadata().getString("id"), segment.text());
            }
            questions.put(question.get("_id").asText(), text);
            rankings.put(question.get("_id").asText(), ranking);
        }
        try (CrossEncoderScoringModel whole = oneWorker(256);
                CrossEncoderScoringModel beginning = oneWorker(64)) {
            Evaluation.Builder builder = Evaluation.builder(
                            questions, Run.of(rankings), texts, Qrels.readTrec(HISTORY.resolve("qrels.txt")))
                    .model("MiniLM-L12 int8, whole passages", whole)
                    .model("MiniLM-L12 int8, 64 tokens per pair", beginning)
                    .depths(5, 10, 20, 50)
                    .listener(EvaluationListener.printingTo(System.out));
            return EvaluationClock.set(builder, cpuTime()).build().run();
        }
    }

    private static CrossEncoderScoringModel oneWorker(int maxLength) {
        return CrossEncoderScoringModel.builder()
                .modelResources(MsMarcoMiniLmL12V2QuantizedScoringModel.class)
                .maxLength(maxLength)
                .queryMaxLength(32)
                .workers(1)
                .build();
    }

    /** Returns the clock of processor time of this JVM: the duration on one idle core, however busy the machine is. */
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
