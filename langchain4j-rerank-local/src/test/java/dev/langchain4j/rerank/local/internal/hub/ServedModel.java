package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.rerank.local.HubDownloadProgress;
import dev.langchain4j.rerank.local.OnnxVariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A small model on a {@link FakeHub}, a cache for it, and hubs that bring the one into the other without waiting. */
final class ServedModel implements AutoCloseable {

    static final HubModel MAIN = new HubModel(FakeHub.MODEL, "main");
    static final HubModel PINNED = new HubModel(FakeHub.MODEL, FakeHub.COMMIT);
    static final HubFileChoice CHOICE = HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2);
    static final String TOKEN = "hf_canary";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final FakeHub server = new FakeHub();
    final List<HubDownloadProgress> progress = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    private final byte[] network = new byte[100_000];
    private final Path cache;

    ServedModel(Path cache) {
        this.cache = cache;
        new Random(7).nextBytes(network);
        server.small("config.json", "{}")
                .small("tokenizer.json", "{\"version\": \"1.0\"}")
                .small("README.md", "nobody needs this")
                .large("onnx/model.onnx", network)
                .large("onnx/model_O3.onnx", new byte[10]);
    }

    /** The content of {@code onnx/model.onnx}. */
    byte[] network() {
        return network.clone();
    }

    Path cache() {
        return cache;
    }

    Path folder() {
        return cache.resolve("models--acme--tiny-reranker");
    }

    Path snapshot() {
        return folder().resolve("snapshots").resolve(FakeHub.COMMIT);
    }

    /** Where the network's content is kept. */
    Path blob() {
        return folder().resolve("blobs").resolve(FakeHub.sha256(network));
    }

    Path partial() {
        return blob().resolveSibling(blob().getFileName() + ".jvm.incomplete");
    }

    /** As if an earlier run had ended after so much of the network. */
    void leavePartial(byte[] content) throws IOException {
        Files.createDirectories(partial().getParent());
        Files.write(partial(), content);
    }

    HubSettings settings() {
        return new HubSettings(URI.create(server.endpoint()), cache, null, false, true);
    }

    HubSnapshot download() {
        return download(MAIN);
    }

    HubSnapshot download(HubModel model) {
        return hub(settings(), PATIENCE).snapshot(model, CHOICE);
    }

    HubSnapshot downloadWithToken() {
        return hub(settings().withToken(new HubToken(TOKEN)), PATIENCE).snapshot(MAIN, CHOICE);
    }

    HubSnapshot download(Duration patience) {
        return hub(settings(), patience).snapshot(MAIN, CHOICE);
    }

    HubSnapshot find(HubModel model) {
        return find(model, CHOICE);
    }

    HubSnapshot find(HubModel model, HubFileChoice choice) {
        return hub(settings().asOffline(), PATIENCE).snapshot(model, choice);
    }

    Hub hub(HubSettings settings, Duration patience) {
        return new Hub(settings, progress::add, new HubRetry(Clock.systemUTC(), waits::add), patience);
    }

    /** Says nothing for a while. */
    static FakeHub.Misbehaviour silentUntil(CountDownLatch over) {
        return (exchange, content) -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Names of the files below a directory, in order. */
    static List<String> files(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !Files.isDirectory(path))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server heard since it had heard so many requests. */
    List<FakeHub.Heard> heardSince(int before) {
        List<FakeHub.Heard> heard = server.heard();
        return heard.subList(before, heard.size());
    }

    @Override
    public void close() {
        server.close();
    }
}
