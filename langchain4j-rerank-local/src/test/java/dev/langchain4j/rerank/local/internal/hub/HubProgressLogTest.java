package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.local.HubDownloadProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubProgressLogTest {

    private final List<String> lines = new ArrayList<>();
    private final HubProgressLog log = new HubProgressLog(lines::add);

    @Test
    void says_each_tenth_of_a_file_once() {
        // when
        for (long bytes : new long[] {1_000, 99_999, 100_000, 150_000, 420_000, 430_000, 1_000_000}) {
            log.onProgress(new HubDownloadProgress("acme/tiny", "onnx/model.onnx", bytes, 1_000_000));
        }

        // then
        assertThat(lines)
                .containsExactly(
                        "Downloading acme/tiny: onnx/model.onnx, 0.1 of 1.0 MB",
                        "Downloading acme/tiny: onnx/model.onnx, 0.4 of 1.0 MB",
                        "Downloading acme/tiny: onnx/model.onnx, 1.0 of 1.0 MB");
    }

    @Test
    void begins_anew_with_each_file() {
        // when
        log.onProgress(new HubDownloadProgress("acme/tiny", "config.json", 500_000, 500_000));
        log.onProgress(new HubDownloadProgress("acme/tiny", "tokenizer.json", 0, 0));

        // then
        assertThat(lines)
                .containsExactly(
                        "Downloading acme/tiny: config.json, 0.5 of 0.5 MB",
                        "Downloading acme/tiny: tokenizer.json, 0.0 of 0.0 MB");
    }
}
