package dev.langchain4j.rerank.it;

import dev.langchain4j.rerank.testkit.HeadlessChromium;
import java.nio.file.Path;

/** A window size and colour scheme of a reader. */
enum View {
    DESKTOP_LIGHT(1200, 1400, false),
    DESKTOP_DARK(1200, 1400, true),
    PHONE_LIGHT(390, 844, false),
    PHONE_DARK(390, 844, true),
    SMALL_PHONE(320, 568, false);

    private final int width;
    private final int height;
    private final boolean dark;

    View(int width, int height, boolean dark) {
        this.width = width;
        this.height = height;
        this.dark = dark;
    }

    void open(HeadlessChromium browser, Path page) {
        browser.open(page.toUri(), width, height, dark);
    }

    boolean dark() {
        return dark;
    }
}
