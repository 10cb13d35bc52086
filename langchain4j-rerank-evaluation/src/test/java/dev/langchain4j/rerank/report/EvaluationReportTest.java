package dev.langchain4j.rerank.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationClock;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.RerankFunction;
import dev.langchain4j.rerank.evaluation.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

    private final AtomicLong now = new AtomicLong();

    /** Ranks the last document first, and takes a number of milliseconds per document. */
    private RerankFunction lastFirst(int millis) {
        return (query, documents) -> {
            now.addAndGet(1_000_000L * millis * documents.size());
            return List.of(documents.size() - 1);
        };
    }

    /**
     * Two queries with four candidates each; the relevant one is last for the first query and first for the second.
     */
    private Evaluation.Builder evaluation() {
        Evaluation.Builder builder = Evaluation.builder(
                        Map.of("q1", "one", "q2", "two"),
                        Run.of(Map.of("q1", List.of("a", "b", "c", "d"), "q2", List.of("d", "c", "b", "a"))),
                        Map.of("a", "a", "b", "b", "c", "c", "d", "d"),
                        Qrels.of(Map.of("q1", Map.of("d", 1), "q2", Map.of("d", 1))))
                .measures(Measure.mrr(), Measure.hit(1));
        return EvaluationClock.set(builder, now::get);
    }

    private EvaluationResult twoConfigurations() {
        return evaluation()
                .function("slow", lastFirst(100))
                .function("quick & <dirty>", lastFirst(1))
                .depths(2, 4)
                .build()
                .run();
    }

    private static PageElements page(EvaluationResult result) {
        return PageElements.of(EvaluationReport.builder(result).build().html());
    }

    @Test
    void the_table_has_every_row_and_marks_the_best_of_a_column() {
        // when
        PageElements page = page(twoConfigurations());

        // then: MRR falls from (1/4 + 1) / 2 to (1/4 + 1/2) / 2 at depth 2, and becomes (1 + 1/2) / 2 at depth 4
        assertThat(page.texts("//thead//th"))
                .containsExactly("configuration", "depth", "MRR", "hit@1", "better", "worse", "p50 ms", "p95 ms");
        assertThat(page.texts("//tbody/tr[1]/*"))
                .containsExactly("retrieval order", "0", "0.6250", "0.5000", "–", "–", "–", "–");
        assertThat(page.texts("//tbody/tr[2]/*"))
                .containsExactly("slow", "2", "0.3750", "0.0000", "0", "1", "200.0", "200.0");
        assertThat(page.texts("//tbody/tr[3]/*"))
                .containsExactly("slow", "4", "0.7500", "0.5000", "1", "1", "400.0", "400.0");
        assertThat(page.texts("//tbody/tr[4]/*"))
                .containsExactly("quick & <dirty>", "2", "0.3750", "0.0000", "0", "1", "2.0", "2.0");
        assertThat(page.texts("//tbody//b")).containsExactly("0.5000", "0.7500", "0.5000", "0.7500", "0.5000");
    }

    @Test
    void the_head_tells_the_best_and_its_price() {
        assertThat(page(twoConfigurations()).texts("//*[@class='tiles']/li"))
                .containsExactly(
                        "2 judged queries",
                        "0.6250 MRR of the retrieval order",
                        "0.7500 best: slow, depth 4",
                        "400.0 ms median latency per query of the best");
    }

    @Test
    void charts_draw_each_configuration_against_latency_and_against_depth() {
        // when
        PageElements page = page(twoConfigurations());

        // then
        assertThat(page.texts("//figcaption"))
                .containsExactly("Quality against latency; labels are depths", "Quality against depth");
        assertThat(page.texts("//*[@class='series']/li")).containsExactly("slow", "quick & <dirty>");
        assertThat(page.texts("//figure[2]//*[starts-with(@class,'point')]/title"))
                .containsExactly(
                        "slow, depth 2: MRR 0.3750, p50 200.0 ms",
                        "slow, depth 4: MRR 0.7500, p50 400.0 ms",
                        "quick & <dirty>, depth 2: MRR 0.3750, p50 2.0 ms",
                        "quick & <dirty>, depth 4: MRR 0.7500, p50 4.0 ms");
        assertThat(page.texts("//figure[1]//*[starts-with(@class,'course')]")).hasSize(2);
        assertThat(page.texts("//figure//*[@class='baseline']")).hasSize(2);
    }

    @Test
    void latencies_far_apart_are_drawn_on_a_logarithmic_axis_and_others_from_zero() {
        // when
        PageElements far = page(twoConfigurations());
        PageElements near = page(
                evaluation().function("one", lastFirst(1)).depths(2, 4).build().run());

        // then
        assertThat(far.texts("//figure[1]//text[@text-anchor='middle']"))
                .startsWith("1", "10", "100", "1000", "p50 per query, ms (logarithmic)");
        assertThat(near.texts("//figure[1]//text[@text-anchor='middle']"))
                .startsWith("0", "1", "2", "3", "4", "p50 per query, ms");
    }

    @Test
    void every_series_up_to_the_twelfth_has_a_mark_of_its_own() {
        // given
        Evaluation.Builder evaluation = evaluation();
        IntStream.range(0, 12).forEach(i -> evaluation.function("number " + i, lastFirst(i)));

        // when
        PageElements page = page(evaluation.build().run());

        // then
        List<String> shapes = page.texts("//*[@class='series']//path/@d");
        List<String> colours = page.texts("//*[@class='series']//path/@class");
        assertThat(IntStream.range(0, 12).mapToObj(i -> shapes.get(i) + colours.get(i)))
                .doesNotHaveDuplicates();
    }

    @Test
    void names_and_titles_stay_text() {
        // when
        PageElements page = PageElements.of(EvaluationReport.builder(twoConfigurations())
                .title("<img src=x onerror=alert(1)>")
                .build()
                .html());

        // then
        assertThat(page.count("//img | //dirty")).isZero();
        assertThat(page.texts("//h1")).containsExactly("<img src=x onerror=alert(1)>");
    }

    @Test
    void equal_values_everywhere_can_be_drawn() {
        // when
        PageElements page = page(evaluation()
                .function("none", (query, documents) -> List.of())
                .build()
                .run());

        // then
        assertThat(page.texts("//figure//@*[.='NaN' or contains(., 'Infinity')]"))
                .isEmpty();
        assertThat(page.texts("//tbody/tr[2]/*")).contains("0.6250");
    }

    @Test
    void writes_the_page(@TempDir Path directory) {
        // given
        Path file = directory.resolve("evaluation.html");
        EvaluationReport report = EvaluationReport.builder(twoConfigurations()).build();

        // when
        report.writeTo(file);

        // then
        assertThat(file).hasContent(report.html());
    }
}
