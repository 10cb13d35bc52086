package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.report.RankingReport;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import dev.langchain4j.rerank.testkit.HeadlessChromium;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of a ranking in a real browser. */
class RankingPageTest {

    private static final String PLANTED =
            "</script></style><img src=\"x\" onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    private static final int CANDIDATES = 14;

    @TempDir
    private static Path directory;

    private static HeadlessChromium browser;
    private static Path page;

    /** Scores that rank the last text first, with the middle sentence of each text as the best window. */
    private static final ScoringModel LAST_FIRST = new ScoringModel() {
        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            List<ScoreDetail> details = segments.stream()
                    .map(segment -> segment.text().indexOf("Its answer"))
                    .map(start -> new ScoreDetail(true, "scored", new TextWindow(start, start + 30), false))
                    .toList();
            return Response.from(
                    IntStream.range(0, segments.size())
                            .mapToObj(i -> i * 1.5 - 8)
                            .toList(),
                    null,
                    null,
                    RerankMetadata.builder().scoreDetails(details).build().toMap());
        }
    };

    @BeforeAll
    static void open() {
        browser = HeadlessChromium.require();
        List<Content> contents = IntStream.rangeClosed(1, CANDIDATES)
                .mapToObj(i ->
                        "Passage %d begins like this. Its answer is in this sentence of it. It goes on %s for a while. %s"
                                .formatted(i, "and on ".repeat(40), PLANTED))
                .map(text -> Content.from(TextSegment.from(text, Metadata.from("source", PLANTED))))
                .toList();
        Ranking ranking = RerankingContentAggregator.builder(LAST_FIRST)
                .topK(5)
                .maxCandidates(12)
                .build()
                .rank(Map.of(Query.from("Where is the answer? " + PLANTED), List.of(contents)));
        page = directory.resolve("ranking.html");
        RankingReport.builder(ranking).scale(ScoreScale.LOGIT).build().writeTo(page);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<WebElement> elements(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    private static WebElement element(String selector) {
        return browser.driver().findElement(By.cssSelector(selector));
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
    void what_documents_and_query_contain_stays_text() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then
        assertThat(browser.driver().getTitle())
                .startsWith("Ranking: Where is the answer?")
                .endsWith(PLANTED);
        assertThat(elements("img")).isEmpty();
        assertThat(elements("script")).hasSize(1);
        assertThat(element("h1").getText()).isEqualTo("Where is the answer? " + PLANTED);
        assertThat(elements("article .full"))
                .hasSize(5)
                .allMatch(text -> text.getText().endsWith(PLANTED));
        assertThat(element("article dl").getText()).contains(PLANTED);
    }

    @Test
    void a_desktop_shows_both_orders_with_each_line_from_row_to_row() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then
        assertLinesMeetRows();
    }

    @Test
    void lines_meet_the_rows_when_the_reader_doubles_the_font() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);
        browser.evaluate("document.documentElement.style.fontSize = '200%'");

        // then
        assertLinesMeetRows();
    }

    private static void assertLinesMeetRows() {
        List<WebElement> lines = elements(".lines path");
        assertThat(lines).hasSize(CANDIDATES);
        for (WebElement line : lines) {
            String candidate = "[data-candidate='" + line.getDomAttribute("data-candidate") + "']";
            List<?> ends = (List<?>) browser.evaluate(
                    "const line = arguments[0], toPage = line.getScreenCTM();"
                            + "return [0, line.getTotalLength()].map(at => line.getPointAtLength(at).matrixTransform(toPage).y)",
                    line);
            assertThat(((Number) ends.get(0)).doubleValue())
                    .isCloseTo(middle(element(".before " + candidate)), within(2.0));
            assertThat(((Number) ends.get(1)).doubleValue())
                    .isCloseTo(middle(element(".after " + candidate)), within(2.0));
        }
    }

    private static double middle(WebElement row) {
        return ((Number) browser.evaluate(
                        "const box = arguments[0].getBoundingClientRect(); return (box.top + box.bottom) / 2", row))
                .doubleValue();
    }

    @Test
    void no_text_of_a_row_is_larger_than_its_row() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then
        assertThat(elements(".moves .row"))
                .hasSize(2 * CANDIDATES)
                .allMatch(row -> Boolean.TRUE.equals(browser.evaluate(
                        "const row = arguments[0].getBoundingClientRect();"
                                + "return [...arguments[0].children].every(child => {"
                                + "  const box = child.getBoundingClientRect();"
                                + "  return box.top >= row.top - 1 && box.bottom <= row.bottom + 1; })",
                        row)));
    }

    @Test
    void a_phone_shows_one_list_with_the_moves_in_it() {
        // when
        View.PHONE_LIGHT.open(browser, page);

        // then
        assertThat(element(".before").isDisplayed()).isFalse();
        assertThat(element(".lines").isDisplayed()).isFalse();
        assertThat(elements(".after .row")).hasSize(CANDIDATES).allMatch(WebElement::isDisplayed);
        assertThat(element(".after .row .move").getText()).startsWith("▲ 11 (12 → 1)");
    }

    @Test
    void pointing_at_a_candidate_marks_it_in_both_orders_with_its_line() {
        // given
        View.DESKTOP_LIGHT.open(browser, page);

        // when
        new Actions(browser.driver()).moveToElement(element(".after .row")).perform();

        // then
        assertThat(elements(".before .marked, .after .marked, .lines .marked"))
                .extracting(marked -> marked.getDomAttribute("data-candidate"))
                .containsExactly("12", "12", "12");
    }

    @Test
    void reaching_a_candidate_with_the_keyboard_marks_it_too() {
        // given
        View.DESKTOP_LIGHT.open(browser, page);

        // when
        browser.evaluate("arguments[0].focus()", element(".before [data-candidate='3'] a"));

        // then
        assertThat(elements(".after .marked"))
                .extracting(marked -> marked.getDomAttribute("data-candidate"))
                .containsExactly("3");
    }

    @Test
    void a_row_leads_to_its_passage_and_unfolds_it_if_it_was_dropped() {
        // given
        View.DESKTOP_LIGHT.open(browser, page);
        assertThat(element("#passage-1 .full").isDisplayed()).isFalse();

        // when
        element(".before [data-candidate='1'] a").click();

        // then
        assertThat(element("#passage-1 .full").isDisplayed()).isTrue();
    }

    @Test
    void the_best_window_is_marked_and_stands_out() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then
        WebElement mark = element("article mark");
        assertThat(mark.getText()).isEqualTo("Its answer is in this sentence");
        assertThat(mark.getCssValue("background-color"))
                .isNotEqualTo(element("article .full").getCssValue("background-color"));
    }

    @Test
    void bars_begin_at_the_zero_line_to_the_right_or_to_the_left() {
        // when
        View.DESKTOP_LIGHT.open(browser, page);

        // then
        Dimension bar = element(".bar").getSize();
        assertThat(bar.getWidth()).isGreaterThan(100);
        double zero = left(element(".kept .bar .zero"));
        assertThat(left(element(".kept .bar .length"))).isCloseTo(zero, within(2.0));
        WebElement negative = element(".bar.below .length");
        assertThat(left(negative) + negative.getRect().getWidth()).isCloseTo(zero, within(2.0));
    }

    private static double left(WebElement element) {
        return ((Number) browser.evaluate("return arguments[0].getBoundingClientRect().left", element)).doubleValue();
    }

    @Test
    void a_degraded_ranking_shows_its_banner_first() {
        // given
        FakeScoringModel failing = new FakeScoringModel();
        failing.fail(new IllegalStateException("down"));
        Ranking ranking = RerankingContentAggregator.builder(failing)
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build()
                .rank(Map.of(Query.from("q"), List.of(List.of(Content.from("a"), Content.from("b")))));
        Path degraded = directory.resolve("degraded.html");
        RankingReport.builder(ranking).build().writeTo(degraded);

        // when
        View.PHONE_DARK.open(browser, degraded);

        // then
        assertThat(element(".banner").getText()).startsWith("Degraded: ");
        assertThat(element(".banner").getLocation().getY())
                .isLessThan(element(".moves").getLocation().getY());
        PageChecks.assertAccessible(browser);
        PageChecks.assertNoSidewaysScrolling(browser);
    }
}
