package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.testkit.NativeHints;
import org.junit.jupiter.api.Test;

class NativeHintsTest {

    @Test
    void a_native_image_has_what_reports_are_made_of() {
        NativeHints.assertComplete(RankingReport.class);
    }
}
