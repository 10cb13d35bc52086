package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.testkit.NativeHints;
import org.junit.jupiter.api.Test;

class NativeHintsTest {

    @Test
    void a_native_image_has_the_models_that_are_looked_for_by_name() {
        NativeHints.assertComplete(
                RerankAutoConfiguration.class,
                "dev.langchain4j.rerank.local.CrossEncoderScoringModel",
                "dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel");
    }
}
