package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.langchain4j.rerank.testkit.HeadlessChromium;

/** Assertions that hold for every page in every view. */
final class PageChecks {

    private PageChecks() {}

    /** Asserts that axe-core reports no violation of its rules, including contrast. */
    static void assertAccessible(HeadlessChromium browser) {
        assertThat(new AxeBuilder().analyze(browser.driver()).getViolations())
                .extracting(Rule::getId, Rule::getNodes)
                .isEmpty();
    }

    static void assertNoSidewaysScrolling(HeadlessChromium browser) {
        assertThat(browser.evaluate("return document.documentElement.scrollWidth - window.innerWidth"))
                .isEqualTo(0L);
    }

    /** Asserts that the page loads nothing, neither from another host nor from its own folder: it is one file. */
    static void assertNothingLoaded(HeadlessChromium browser) {
        assertThat(browser.evaluate("return performance.getEntriesByType('resource').length"))
                .isEqualTo(0L);
    }

    /**
     * Asserts that the style sheet is allowed by the content security policy of the page and follows the preference of
     * the reader.
     */
    static void assertColourScheme(HeadlessChromium browser, View view) {
        Object brightness = browser.evaluate(
                "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);"
                        + "return Math.max(r, g, b)");
        if (view.dark()) {
            assertThat((Long) brightness).isLessThan(60);
        } else {
            assertThat((Long) brightness).isGreaterThan(200);
        }
    }
}
