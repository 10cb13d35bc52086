package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.rerank.local.OnnxVariant;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cache, two programs: Python's {@code huggingface_hub} finds what we downloaded, and we what it did. Needs
 * {@code python3} with {@code venv}; the package goes into {@code target}.
 */
class HubPythonTest {

    private static final String PACKAGE = "huggingface_hub==2.4.0";
    private static final Path MODULE = Path.of(System.getProperty("rerank.root"), "langchain4j-rerank-local");
    private static final Path PYTHON = MODULE.resolve("target/hub-python/bin/python");
    private static final Path SCRIPT = MODULE.resolve("src/test/python/hub_files.py");

    private static final HubModel MODEL = new HubModel(FakeHub.MODEL, "main");
    private static final HubFileChoice CHOICE = HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2);
    private static final List<String> FILES = List.of("config.json", "tokenizer.json", "onnx/model.onnx");

    private final byte[] network = new byte[3_000_000];
    private final FakeHub server = new FakeHub();

    @TempDir
    Path cache;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path installed = MODULE.resolve("target/hub-python/" + PACKAGE);
        if (Files.exists(installed)) {
            return;
        }
        try {
            run(
                    "python3",
                    "-m",
                    "venv",
                    "--clear",
                    MODULE.resolve("target/hub-python").toString());
            run(PYTHON.toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE);
            Files.createFile(installed);
        } catch (IOException e) {
            if ("true".equals(System.getenv("RERANK_REQUIRE_DATA"))) {
                fail("huggingface_hub must be there where RERANK_REQUIRE_DATA is true", e);
            }
            abort("not compared with Python: " + e.getMessage());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
    }

    @BeforeEach
    void publish() {
        new Random(7).nextBytes(network);
        server.small("config.json", "{}")
                .small("tokenizer.json", "{\"version\": \"1.0\"}")
                .large("onnx/model.onnx", network);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void python_finds_what_we_downloaded() throws Exception {
        // given
        Path directory = hub().snapshot(MODEL, CHOICE).directory();
        int before = server.heard().size();

        // when
        JsonNode byBranch = python("find", "main");
        JsonNode byCommit = python("find", FakeHub.COMMIT);

        // then
        assertThat(paths(byBranch))
                .isEqualTo(FILES.stream().map(directory::resolve).toList());
        assertThat(paths(byCommit)).isEqualTo(paths(byBranch));
        assertThat(server.heard()).hasSize(before);
    }

    @Test
    void python_takes_our_cache_for_its_own() throws Exception {
        // given
        hub().snapshot(MODEL, CHOICE);

        // when
        JsonNode answer = python("find", "main");

        // then
        assertThat(answer.path("warnings")).isEmpty();
        assertThat(answer.path("size").asLong()).isEqualTo(network.length + 2 + 18);
        assertThat(answer.path("refs")).extracting(JsonNode::asText).containsExactly("main");
        assertThat(answer.path("known_absent").asBoolean())
                .as("special_tokens_map.json is known not to exist")
                .isTrue();
    }

    @Test
    void python_downloads_nothing_that_we_have() throws Exception {
        // given
        hub().snapshot(MODEL, CHOICE);

        // when
        python("download", "main");

        // then
        assertThat(server.heard("GET", "/store/")).hasSize(1);
    }

    @Test
    void we_find_what_python_downloaded() throws Exception {
        // given
        List<Path> theirs = paths(python("download", "main"));
        int before = server.heard().size();

        // when
        HubSnapshot ours = new Hub(settings().asOffline(), progress -> {}).snapshot(MODEL, CHOICE);

        // then
        assertThat(FILES.stream().map(ours.directory()::resolve)).isEqualTo(theirs);
        assertThat(ours.path("model.onnx")).hasBinaryContent(network);
        assertThat(server.heard()).hasSize(before);
    }

    @Test
    void we_download_nothing_that_python_has() throws Exception {
        // given
        python("download", "main");

        // when
        HubSnapshot ours = hub().snapshot(MODEL, CHOICE);

        // then
        assertThat(ours.path("model.onnx")).hasBinaryContent(network);
        assertThat(server.heard("GET", "/store/")).hasSize(1);
    }

    @Test
    void both_may_download_at_the_same_time() throws Exception {
        // when
        CompletableFuture<HubSnapshot> ours = CompletableFuture.supplyAsync(() -> hub().snapshot(MODEL, CHOICE));
        List<Path> theirs = paths(python("download", "main"));

        // then
        assertThat(ours.join().path("model.onnx")).hasBinaryContent(network);
        assertThat(FILES.stream().map(ours.join().directory()::resolve)).isEqualTo(theirs);
        try (Stream<Path> blobs = Files.list(cache.resolve("models--acme--tiny-reranker/blobs"))) {
            assertThat(blobs).hasSize(FILES.size());
        }
    }

    private Hub hub() {
        return new Hub(settings(), progress -> {});
    }

    private HubSettings settings() {
        return new HubSettings(URI.create(server.endpoint()), cache, null, false, true);
    }

    private static List<Path> paths(JsonNode answer) {
        List<Path> paths = new ArrayList<>();
        answer.path("paths").forEach(path -> paths.add(Path.of(path.asText())));
        return paths;
    }

    private JsonNode python(String how, String revision) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(PYTHON.toString(), SCRIPT.toString(), how, FakeHub.MODEL, revision));
        command.addAll(FILES);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HF_"));
        environment.put("HF_ENDPOINT", server.endpoint());
        environment.put("HF_HUB_CACHE", cache.toString());
        environment.put("HF_HUB_DISABLE_PROGRESS_BARS", "1");
        environment.put("HF_HUB_DISABLE_TELEMETRY", "1");
        Process process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return new ObjectMapper().readTree(output);
    }
}
