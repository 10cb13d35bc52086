package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationClock;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {

    private static final Path HOME = Path.of("/home");

    @TempDir
    private Path folder;

    @Test
    void options_are_read_in_any_order() {
        assertThat(EvaluateOptions.of(List.of(), HOME))
                .isEqualTo(new EvaluateOptions(Duration.ofMillis(300), null, null, 50));
        assertThat(EvaluateOptions.of(
                        List.of("--run", "bm25.run", "scifact", "--budget", "2s", "--queries", "10"), HOME))
                .isEqualTo(new EvaluateOptions(
                        Duration.ofSeconds(2), HOME.resolve("scifact"), HOME.resolve("bm25.run"), 10));
    }

    @Test
    void options_that_are_not_understood_are_told_with_those_that_are() {
        String usage = "./demo evaluate [--budget 300ms] [--queries 50] [--run FILE] [BEIR-DIRECTORY]";
        assertRefused("unknown argument --fast: " + usage, "--fast");
        assertRefused("unknown argument two: " + usage, "one", "two");
        assertRefused("the last option needs a value: " + usage, "--budget");
        assertRefused("--budget must be a time such as 300ms or 2s, got 0s", "--budget", "0s");
        assertRefused("--queries must be a number of at least 1, got 0", "--queries", "0");
        assertRefused("--run requires the BEIR directory that contains its documents: " + usage, "--run", "a.run");
    }

    private static void assertRefused(String message, String... arguments) {
        assertThatThrownBy(() -> EvaluateOptions.of(List.of(arguments), HOME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void the_advice_is_the_best_that_fits_and_of_equals_the_fastest() {
        // given the answer at rank 15, and 10 ms per candidate
        EvaluationResult result = result(15);
        // then
        assertThat(new DepthAdvice(result).forBudget(Duration.ofMillis(600))).isEqualTo("""
                        For a budget of 600 ms (p95): oracle, depth 20. nDCG@10 is 1.000, retrieval alone has 0.000; p95 is 200 ms.
                        Time grows with depth, here by 10.0 ms per candidate, so 600 ms allow about 60 candidates.
                        This machine answers about 5.0 such questions per second, one after another; plan for 65 % of that.""");
        assertThat(new DepthAdvice(result).forBudget(Duration.ofMillis(150)))
                .isEqualTo(
                        "For a budget of 150 ms (p95): do not rerank. No reranker within it is better than retrieval alone, whose nDCG@10 is 0.000.");
        assertThat(new DepthAdvice(result).forBudget(Duration.ofMillis(50)))
                .isEqualTo(
                        "Nothing fits a budget of 50 ms: the fastest, oracle, depth 10, took 100 ms (p95). Allow more time, or rerank fewer or shorter passages.");
    }

    /** A reranker that ranks the answer first and takes 10 ms per document, by its own clock. */
    private static EvaluationResult result(int answer) {
        AtomicLong clock = new AtomicLong();
        List<String> found = IntStream.range(0, 50).mapToObj(i -> "d" + i).toList();
        Evaluation.Builder builder = Evaluation.builder(
                        Map.of("q", "question"),
                        Run.of(Map.of("q", found)),
                        found.stream().collect(Collectors.toMap(id -> id, id -> id)),
                        Qrels.of(Map.of("q", Map.of("d" + (answer - 1), 1))))
                .function("oracle", (query, documents) -> {
                    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(10L * documents.size()));
                    return documents.size() < answer ? List.of() : List.of(answer - 1);
                })
                .depths(10, 20, 50)
                .measures(Measure.ndcg(10));
        return EvaluationClock.set(builder, clock::get).build().run();
    }

    @Test
    void a_beir_collection_is_searched_in_milvus_measured_and_reported() throws IOException {
        // given
        Path beir = beir();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        // when
        Evaluate.main(
                EvaluateOptions.of(List.of("--budget", "60s", "beir"), folder),
                folder.resolve("home"),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        // then
        String said = printed.toString(StandardCharsets.UTF_8);
        assertThat(said)
                .contains("all 3 documents embedded")
                .contains("Reranking the candidates of 1 questions")
                .containsPattern("\\| retrieval order +\\| +0 \\|")
                .containsPattern("\\| MiniLM +\\| +50 \\|")
                .containsPattern("\\| cascade to 10 +\\| +20 \\|")
                .containsPattern("\\| windows of 48 +\\| +10 \\|")
                .contains("For a budget of 60000 ms (p95): ");
        assertThat(Files.readString(folder.resolve("home/evaluation.html")))
                .contains("Which reranker, and how deep, on beir?", "<svg");
        assertThat(beir).exists();
    }

    @Test
    void a_run_file_saves_the_search() throws IOException {
        // given
        Path run = Files.writeString(beir().resolve("bm25.run"), "q1 Q0 d2 1 9.5 bm25\nq1 Q0 d1 2 8.5 bm25\n");
        // when
        JudgedCandidates judged = JudgedCandidates.beir(folder.resolve("beir"), 50, run);
        // then
        assertThat(judged.found().ranking("q1")).containsExactly("d2", "d1");
        assertThat(judged.texts()).containsOnlyKeys("d1", "d2").containsEntry("d1", "Moth The moth sat in a relay.");
    }

    private Path beir() throws IOException {
        Path beir = Files.createDirectories(folder.resolve("beir"));
        Files.writeString(beir.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "Moth", "text": "The moth sat in a relay."}
                {"_id": "d2", "title": "", "text": "Bread goes stale."}
                {"_id": "d3", "title": "", "text": "Ships sail on the sea."}
                """);
        Files.writeString(beir.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "Where was the moth?"}
                {"_id": "q2", "text": "Nobody judged this."}
                """);
        Files.writeString(beir.resolve("qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
        return beir;
    }
}
