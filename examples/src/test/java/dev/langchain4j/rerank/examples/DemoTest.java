package dev.langchain4j.rerank.examples;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as processes, as a user runs them. */
@EnabledOnOs(OS.LINUX)
class DemoTest {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    /** Each is stopped in the middle of its work: embedding, reranking, waiting for a line, serving. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tour             | The gain",
                "chat             | Starting Milvus Lite",
                "chat             | :help lists the commands",
                "web --port 0     | Ctrl-C ends it",
                "ingest long.txt  | long.txt: 32 of",
                "evaluate         | Embedding and searching",
                "evaluate         | MiniLM"
            })
    void ctrl_c_ends_a_command_in_order_and_leaves_no_process(String command, String sign) throws Exception {
        // given
        Files.writeString(folder.resolve("long.txt"), "A moth sat in a relay of the Mark II. ".repeat(20_000));
        Path output = folder.resolve("output.txt");
        Process demo = start(command.split(" "), output, Map.of());
        List<ProcessHandle> children = new ArrayList<>();
        try {
            awaitLine(demo, output, sign);
            demo.descendants().forEach(children::add);
            // when
            new ProcessBuilder("kill", "-INT", Long.toString(demo.pid()))
                    .start()
                    .waitFor();
            // then
            assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ended after Ctrl-C; it printed:%n%s", Files.readString(output))
                    .isTrue();
            assertThat(demo.exitValue()).as(Files.readString(output)).isEqualTo(130);
            for (ProcessHandle child : children) {
                assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10));
            }
            assertThat(Files.readString(output)).doesNotContain("Exception", "\tat ", "SIGSEGV");
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    /** No shell stands between the terminal and the program, and none is left behind. */
    @ParameterizedTest
    @CsvSource({
        "'', tour",
        "chat, chat",
        "web --port 0, web --port 0",
        "ingest a.txt, ingest a.txt",
        "evaluate, evaluate"
    })
    void the_script_becomes_the_program_once_it_is_built(String command, String arguments) throws Exception {
        // given
        Path script = Files.copy(ProjectDirectory.root().resolve("demo"), folder.resolve("demo"), COPY_ATTRIBUTES);
        Files.createDirectories(folder.resolve("examples/target"));
        Files.createFile(folder.resolve("examples/target/classpath.txt"));
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n[ \"$1\" = -version ] || echo \"$$ $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path output = folder.resolve("output.txt");
        // when
        List<String> line = new ArrayList<>(List.of(script.toString()));
        Stream.of(command.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(line::add);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process demo = builder.start();
        // then
        assertThat(demo.waitFor()).isZero();
        assertThat(output)
                .content()
                .isEqualTo("%d -cp examples/target/classes: %s %s\n"
                        .formatted(demo.pid(), Demo.class.getName(), arguments));
    }

    @Test
    void a_port_that_is_taken_is_told_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(failure("web", "--port", Integer.toString(port)))
                    .isEqualTo(
                            "demo: port %d on 127.0.0.1 is taken: choose another one, for instance ./demo web --port %d"
                                    .formatted(port, port + 1));
        }
    }

    @Test
    void without_python_all_ways_to_a_milvus_are_told() throws Exception {
        Path output = folder.resolve("output.txt");
        Process demo = start(
                new String[] {"chat"},
                output,
                // a checkout without the environment of Milvus Lite, and an interpreter that does not exist
                Map.of("RERANK_PYTHON", folder.resolve("no-python").toString()),
                "-Drerank.root=" + folder);
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(lastLine(output))
                .isEqualTo(
                        "demo: no Milvus is available. Either set MILVUS_URI=http://HOST:PORT, or start a Docker engine, or"
                                + " install Python 3.10 or later with pip for Milvus Lite, which failed with: cannot run "
                                + folder.resolve("no-python")
                                + ": install Python 3.10 or later with pip and venv, or set RERANK_PYTHON");
    }

    @Test
    void without_a_network_pip_is_named() throws Exception {
        // given
        Path python = Files.writeString(folder.resolve("python"), """
                #!/bin/sh
                # makes an environment whose pip reaches nothing
                for last; do :; done
                mkdir -p "$last/bin" && printf '#!/bin/sh\\necho "no route to host"; exit 1\\n' > "$last/bin/python"
                chmod +x "$last/bin/python"
                """);
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Path output = folder.resolve("output.txt");
        // when
        Process demo = start(
                new String[] {"chat"}, output, Map.of("RERANK_PYTHON", python.toString()), "-Drerank.root=" + folder);
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        // then
        String printed = Files.readString(output);
        assertThat(printed)
                .contains("pip install --quiet milvus-lite==")
                .contains("` ended with 1; check that pip can reach its index. Output:\nno route to host");
        assertThat(demo.exitValue()).isEqualTo(1);
    }

    @Test
    void milvus_that_does_not_answer_is_told_with_the_remedy() throws Exception {
        Path output = folder.resolve("output.txt");
        Process demo = start(new String[] {"chat"}, output, Map.of("MILVUS_URI", "http://127.0.0.1:1"));
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(lastLine(output))
                .isEqualTo(
                        "demo: Milvus does not respond at http://127.0.0.1:1: start it, or set MILVUS_URI to a running one,"
                                + " and ask again");
    }

    @Test
    void arguments_that_are_not_understood_are_told_with_those_that_are() throws Exception {
        assertThat(failure("web", "--prot", "1"))
                .isEqualTo("demo: ./demo web takes --port NUMBER, from 0 (any free port) to 65535; default 8080");
        assertThat(failure("ingest"))
                .isEqualTo(
                        "demo: pass files or folders to read (.txt, .md, .html, .pdf), or --clear to remove all documents: ./demo"
                                + " ingest FILES...");
        assertThat(failure("ingest", "missing.txt"))
                .isEqualTo("demo: " + folder.resolve("missing.txt") + " does not exist: check the path");
        assertThat(failure("evaluate", "--budget", "fast"))
                .isEqualTo("demo: --budget must be a time such as 300ms or 2s, got fast");
        assertThat(failure("dance")).isEqualTo("demo: unknown command dance: see ./demo --help");
    }

    private String failure(String... command) throws Exception {
        Path output = folder.resolve("output.txt");
        Process demo = start(command, output, Map.of());
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        return lastLine(output);
    }

    private static String lastLine(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return lines.get(lines.size() - 1);
    }

    /** A process that receives SIGINT even if this one, as a background job, does not. */
    private Process start(String[] command, Path output, Map<String, String> environment, String... jvmOptions)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Drerank.root=" + System.getProperty("rerank.root"));
        line.addAll(List.of(jvmOptions));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("RERANK_DEMO_HOME", folder.resolve("home").toString());
        builder.environment().put("DEMO_DIRECTORY", folder.toString());
        Stream.of("MILVUS_URI", "OPENAI_API_KEY", "OLLAMA_BASE_URL").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void awaitLine(Process demo, Path output, String sign) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!new String(Files.readAllBytes(output), StandardCharsets.UTF_8).contains(sign)) {
            assertThat(demo.waitFor(50, TimeUnit.MILLISECONDS))
                    .as("ended before it printed %s:%n%s", sign, Files.readString(output))
                    .isFalse();
            assertThat(System.nanoTime()).as("waited for " + sign).isLessThan(end);
        }
    }
}
