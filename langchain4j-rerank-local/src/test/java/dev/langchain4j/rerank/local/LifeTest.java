package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is left of a closed model, and nothing of a scored pair. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads the resident set from /proc")
class LifeTest {

    @ParameterizedTest
    @EnumSource(Engine.class)
    void models_that_come_and_go_leave_neither_threads_nor_memory(Engine engine)
            throws IOException, InterruptedException {
        List<Long> kilobytes = soak("open-close", "120", engine);

        assertFlat(kilobytes);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void pairs_that_come_and_go_leave_no_memory(Engine engine) throws IOException, InterruptedException {
        List<Long> kilobytes = soak("score", "6000", engine);

        assertFlat(kilobytes);
    }

    /** The second half of the way needs no more than the first did, but for what the virtual machine still compiles. */
    private static void assertFlat(List<Long> kilobytes) {
        assertThat(kilobytes).hasSize(SoakProgram.MEASUREMENTS);
        long middle = kilobytes.get(kilobytes.size() / 2);
        long end = kilobytes.get(kilobytes.size() - 1);
        assertThat(end).as("resident set in kB on the way: %s", kilobytes).isLessThan((long) (middle * 1.1));
    }

    /** The heap is all there from the start: what grows lies outside of it. */
    private static List<Long> soak(String what, String rounds, Engine engine) throws IOException, InterruptedException {
        assumeTrue(
                engine == Engine.ONNX_RUNTIME || TestModels.onPlatformOfPyTorch(),
                "PyTorch is on the test class path for linux-x86_64 only");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakProgram.class.getName(),
                        what,
                        rounds,
                        engine.name())
                .redirectError(Redirect.INHERIT)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        return output.lines().map(Long::valueOf).toList();
    }
}
