package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.testkit.NativeHints;
import org.junit.jupiter.api.Test;

class NativeHintsTest {

    @Test
    void a_native_image_has_the_engines_that_are_looked_for_by_name() {
        NativeHints.assertComplete(Engine.class, "ai.onnxruntime.OrtEnvironment", "ai.djl.pytorch.engine.PtEngine");
    }
}
