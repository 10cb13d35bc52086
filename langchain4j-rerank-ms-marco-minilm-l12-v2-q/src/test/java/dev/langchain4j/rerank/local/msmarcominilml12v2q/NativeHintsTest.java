package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import dev.langchain4j.rerank.testkit.NativeHints;
import org.junit.jupiter.api.Test;

class NativeHintsTest {

    @Test
    void a_native_image_has_the_model() {
        NativeHints.assertComplete(MsMarcoMiniLmL12V2QuantizedScoringModel.class);
    }
}
