package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * One padded batch of these candidates would take 33 MB per candidate. The build uses only some of them, because each
 * takes a third of a second of a core; {@code -Drerank.memory.candidates=1000} uses all.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads the peak of the resident set from /proc")
class MemoryTest {

    @Test
    void candidates_of_512_tokens_need_less_than_700_megabytes() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProbe.class.getName(),
                        System.getProperty("rerank.memory.candidates", "150"))
                .redirectError(Redirect.INHERIT)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(probe.waitFor()).isZero();
        assertThat(Long.parseLong(output.strip())).as("peak in kB").isLessThan(700_000);
    }
}
