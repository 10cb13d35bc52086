package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.langchain4j.rerank.testkit.HeadlessChromium;

/** What holds for every page, however it is looked at. */
final class PageChecks {

    private PageChecks() {}

    /** No violation of axe-core's rules, contrast among them. */
    static void assertAccessible(HeadlessChromium browser) {
        assertThat(new AxeBuilder().analyze(browser.driver()).getViolations())
                .extracting(Rule::getId, Rule::getNodes)
                .isEmpty();
    }

    static void assertNoSidewaysScrolling(HeadlessChromium browser) {
        assertThat(browser.evaluate("return document.documentElement.scrollWidth - window.innerWidth"))
                .isEqualTo(0L);
    }

    /** Neither from elsewhere nor from beside: the page is one file. */
    static void assertNothingLoaded(HeadlessChromium browser) {
        assertThat(browser.evaluate("return performance.getEntriesByType('resource').length"))
                .isEqualTo(0L);
    }

    /** The style sheet passed the page's own policy and follows the reader's preference. */
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
