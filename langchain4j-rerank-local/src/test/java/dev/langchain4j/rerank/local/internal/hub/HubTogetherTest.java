package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.local.HubDownloadListener;
import dev.langchain4j.rerank.local.OnnxVariant;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several that want the same model at the same time, and one that does not live to have it. */
class HubTogetherTest {

    private static final HubModel MODEL = new HubModel(FakeHub.MODEL, "main");
    private static final HubFileChoice CHOICE = HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2);

    private final byte[] network = new byte[100_000];
    private final FakeHub server = new FakeHub();

    @TempDir
    Path cache;

    @BeforeEach
    void publish() {
        new Random(7).nextBytes(network);
        server.small("config.json", "{}").small("tokenizer.json", "[]").large("onnx/model.onnx", network);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void two_threads_download_a_file_once() {
        // given
        holdTheDownloadUntilBothWantIt();

        // when
        CompletableFuture<HubSnapshot> one = CompletableFuture.supplyAsync(() -> snapshot());
        CompletableFuture<HubSnapshot> two = CompletableFuture.supplyAsync(() -> snapshot());

        // then
        assertThat(one.join().path("model.onnx")).hasBinaryContent(network);
        assertThat(two.join()).isEqualTo(one.join());
        assertThatEachFileWasSentOnce();
    }

    @Test
    void two_processes_download_a_file_once() throws Exception {
        // given
        holdTheDownloadUntilBothWantIt();

        // when
        Process one = process();
        Process two = process();

        // then
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        assertThat(lastLine(one)).isEqualTo(lastLine(two));
        assertThat(snapshot().path("model.onnx")).hasBinaryContent(network);
        assertThatEachFileWasSentOnce();
    }

    @Test
    void goes_on_where_a_process_was_killed() throws Exception {
        // given
        CountDownLatch over = new CountDownLatch(1);
        server.next("GET", "/store/", (exchange, content) -> {
            FakeHub.cutAfter(30_000).answer(exchange, content);
            await(over);
        });
        Process killed = process();
        try (BufferedReader output = killed.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines()
                            .filter(line -> line.equals("onnx/model.onnx 30000"))
                            .findFirst())
                    .isPresent();
        }

        // when
        killed.destroyForcibly().waitFor();
        over.countDown();

        // then
        assertThat(snapshot().path("model.onnx")).hasBinaryContent(network);
        assertThat(server.heard("GET", "/store/"))
                .extracting(FakeHub.Heard::range)
                .containsExactly(null, "bytes=30000-");
    }

    private void holdTheDownloadUntilBothWantIt() {
        CountDownLatch wanted = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            server.next("HEAD", "/resolve/" + FakeHub.COMMIT + "/onnx/model.onnx", (exchange, content) -> {
                wanted.countDown();
                FakeHub.status(302).answer(exchange, content);
            });
        }
        server.next("GET", "/store/", (exchange, content) -> {
            await(wanted);
            FakeHub.serve(exchange, content);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertThatEachFileWasSentOnce() {
        for (String path : List.of(
                "/store/onnx/model.onnx",
                "/api/resolve-cache/models/acme/tiny-reranker/" + FakeHub.COMMIT + "/config.json")) {
            assertThat(server.heard("GET", path)).as(path).hasSize(1);
        }
    }

    private HubSnapshot snapshot() {
        return new Hub(settings(server.endpoint(), cache), progress -> {}).snapshot(MODEL, CHOICE);
    }

    private static HubSettings settings(String endpoint, Path cache) {
        return new HubSettings(URI.create(endpoint), cache, null, false, true);
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Downloader.class.getName(),
                        server.endpoint(),
                        cache.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String lastLine(Process process) throws IOException {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                Stream<String> lines = output.lines()) {
            return lines.reduce("", (earlier, later) -> later);
        }
    }

    /** A program that downloads the model and tells what it hears. */
    static final class Downloader {

        private Downloader() {}

        public static void main(String[] args) {
            HubSettings settings = settings(args[0], Path.of(args[1]));
            HubDownloadListener tell = progress -> System.out.println(progress.file() + " " + progress.bytes());
            System.out.println(new Hub(settings, tell).snapshot(MODEL, CHOICE).directory());
        }
    }
}
