package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationClock;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.RerankFunction;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.report.EvaluationReport;
import dev.langchain4j.rerank.testkit.HeadlessChromium;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The page of an evaluation in a real browser. */
class EvaluationPageTest {

    private static final String PLANTED = "<img src=x onerror=\"document.title='owned'\"></script>";

    @TempDir
    private static Path directory;

    private static HeadlessChromium browser;
    private static Path page;

    @BeforeAll
    static void open() {
        browser = HeadlessChromium.require();
        page = directory.resolve("evaluation.html");
        EvaluationReport.builder(evaluated()).build().writeTo(page);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /**
     * 20 queries with 20 candidates each, the best at a different index per query, and three rerankers that find it at
     * different costs.
     */
    private static EvaluationResult evaluated() {
        Map<String, String> queries = new HashMap<>();
        Map<String, List<String>> rankings = new HashMap<>();
        Map<String, Map<String, Integer>> judgements = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        List<String> documents = IntStream.range(0, 20).mapToObj(i -> "d" + i).toList();
        documents.forEach(document -> texts.put(document, document));
        for (int i = 0; i < 20; i++) {
            String best = "d" + (7 * i % 20);
            queries.put("q" + i, best);
            rankings.put("q" + i, documents);
            judgements.put("q" + i, Map.of(best, 1));
        }
        AtomicLong now = new AtomicLong();
        Evaluation.Builder builder = Evaluation.builder(queries, Run.of(rankings), texts, Qrels.of(judgements))
                .function("quick", bestFirst(now, 1))
                .function("thorough", bestFirst(now, 12))
                .function(PLANTED, bestFirst(now, 90))
                .depths(2, 5, 10, 20);
        return EvaluationClock.set(builder, now::get).build().run();
    }

    private static RerankFunction bestFirst(AtomicLong now, int millis) {
        return (query, documents) -> {
            now.addAndGet(1_000_000L * millis * documents.size());
            return IntStream.range(0, documents.size())
                    .boxed()
                    .sorted(Comparator.comparing(index -> !documents.get(index).equals(query)))
                    .toList();
        };
    }

    private static List<WebElement> elements(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    @ParameterizedTest
    @EnumSource
    void is_accessible_and_fits_the_window(View view) {
        // when
        view.open(browser, page);

        // then
        PageChecks.assertAccessible(browser);
        PageChecks.assertNoSidewaysScrolling(browser);
        PageChecks.assertNothingLoaded(browser);
        PageChecks.assertColourScheme(browser, view);
    }

    @Test
    void names_stay_text() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then
        assertThat(browser.driver().getTitle()).isEqualTo("Which reranker, and how deep?");
        assertThat(elements("img")).isEmpty();
        assertThat(elements(".series li"))
                .extracting(WebElement::getText)
                .containsExactly("quick", "thorough", PLANTED);
        assertThat(elements("tbody th"))
                .extracting(WebElement::getText)
                .startsWith("retrieval order", "quick")
                .endsWith(PLANTED)
                .hasSize(1 + 3 * 4);
    }

    @ParameterizedTest
    @EnumSource
    void points_and_labels_stay_inside_their_chart(View view) {
        // when
        view.open(browser, page);

        // then
        assertThat(elements(".chart .point")).hasSize(2 * 3 * 4);
        assertThat(browser.evaluate("return [...document.querySelectorAll('.chart')].flatMap(chart => {"
                        + "  const frame = chart.getBoundingClientRect();"
                        + "  return [...chart.querySelectorAll('text, .point')].filter(drawn => {"
                        + "    const box = drawn.getBoundingClientRect();"
                        + "    return box.left < frame.left || box.right > frame.right"
                        + "        || box.top < frame.top || box.bottom > frame.bottom;"
                        + "  }).map(drawn => drawn.outerHTML) })"))
                .isEqualTo(List.of());
    }

    @Test
    void better_points_are_higher_and_slower_ones_further_right() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then: points are in the order of series, and by depth within a series
        List<WebElement> points = elements("figure:first-child .point");
        assertThat(points.get(3).getRect().getY())
                .isLessThan(points.get(0).getRect().getY());
        assertThat(points.get(0).getRect().getX())
                .isLessThan(points.get(3).getRect().getX());
        assertThat(points.get(3).getRect().getX())
                .isLessThan(points.get(7).getRect().getX());
    }

    @Test
    void charts_stand_beside_each_other_on_a_desktop_and_below_on_a_phone() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);
        List<Integer> desktop = elements("figure").stream()
                .map(figure -> figure.getRect().getY())
                .toList();
        View.PHONE_LIGHT.open(browser, page);
        List<Integer> phone = elements("figure").stream()
                .map(figure -> figure.getRect().getY())
                .toList();

        // then
        assertThat(desktop.get(0)).isEqualTo(desktop.get(1));
        assertThat(phone.get(0)).isLessThan(phone.get(1));
    }

    @Test
    void text_in_charts_is_large_enough_to_read() {
        for (View view : View.values()) {
            // when
            view.open(browser, page);

            // then: measured in screen pixels, not in units of the drawing
            assertThat(elements(".chart text"))
                    .extracting(text -> text.getRect().getHeight())
                    .allMatch(height -> height >= 10, "at least 10 px high in view " + view);
        }
    }
}
