package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.rerank.local.HubDownloadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubBadLineTest {

    @TempDir
    Path cache;

    private ServedModel model;

    @BeforeEach
    void serve() {
        model = new ServedModel(cache);
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void goes_on_where_the_connection_was_cut() {
        // given
        model.server.next("GET", "/store/", FakeHub.cutAfter(30_000)).next("GET", "/store/", FakeHub.cutAfter(50_000));

        // when
        HubSnapshot snapshot = model.download();

        // then
        assertThat(snapshot.path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.server.heard("GET", "/store/"))
                .extracting(FakeHub.Heard::range)
                .containsExactly(null, "bytes=30000-", "bytes=80000-");
        assertThat(model.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(ServedModel.files(model.folder().resolve("blobs"))).noneMatch(name -> name.endsWith(".incomplete"));
    }

    @Test
    void goes_on_where_an_earlier_run_ended() {
        // given
        for (int attempt = 0; attempt < HubRetry.MAX_ATTEMPTS; attempt++) {
            model.server.next("GET", "/store/", FakeHub.cutAfter(10_000));
        }
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(RetriableException.class)
                .hasMessageStartingWith(
                        model.server.endpoint() + " did not deliver onnx/model.onnx of acme/tiny-reranker: ")
                .hasMessageEndingWith(
                        "; check network, proxy and HF_ENDPOINT, or use cached models with offline(true)");
        assertThat(model.partial()).hasSize(50_000);

        // when
        HubSnapshot snapshot = model.download();

        // then
        assertThat(snapshot.path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.server.heard("GET", "/store/"))
                .extracting(FakeHub.Heard::range)
                .endsWith("bytes=50000-");
    }

    @Test
    void begins_anew_where_the_server_sends_the_whole() throws IOException {
        // given
        model.leavePartial(new byte[40_000]);
        model.server.next("GET", "/store/", FakeHub.ignoreRange());

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.server.heard("GET", "/store/")).hasSize(1);
    }

    @Test
    void begins_anew_where_the_server_has_no_such_part() throws IOException {
        // given
        model.leavePartial(Arrays.copyOf(model.network(), 40_000));
        model.server.next("GET", "/store/", FakeHub.status(416));

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.server.heard("GET", "/store/"))
                .extracting(FakeHub.Heard::range)
                .containsExactly("bytes=40000-", null);
    }

    @Test
    void begins_anew_where_the_server_sends_another_part() throws IOException {
        // given
        model.leavePartial(Arrays.copyOf(model.network(), 40_000));
        model.server.next("GET", "/store/", FakeHub.status(206, "Content-Range", "bytes 7-9/100000"));

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void begins_anew_where_what_was_there_is_spoilt_or_too_long() throws IOException {
        for (int length : new int[] {40_000, 100_000, 100_001}) {
            // given
            model.leavePartial(new byte[length]);

            // when, then
            assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
            Files.delete(model.blob());
        }
    }

    @Test
    void takes_what_was_complete_already_without_another_download() throws IOException {
        // given
        model.leavePartial(model.network());

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.server.heard("GET", "/store/")).isEmpty();
    }

    @Test
    void brings_a_blob_anew_that_has_the_wrong_size() throws IOException {
        // given
        Path blob = model.blob();
        Files.createDirectories(blob.getParent());
        Files.write(blob, new byte[3]);

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void keeps_nothing_that_has_the_wrong_checksum() {
        // given
        model.server.next("GET", "/store/", FakeHub.spoil());

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(NonRetriableException.class)
                .hasMessage(model.server.endpoint() + " does not answer as a hub does for onnx/model.onnx of"
                        + " acme/tiny-reranker: the content has another checksum than the one stated; check HF_ENDPOINT"
                        + " and proxies");
        assertThat(ServedModel.files(model.folder().resolve("blobs"))).hasSize(2);
        assertThat(model.waits).isEmpty();
    }

    @Test
    void refuses_more_than_was_stated() {
        // given
        model.server.next("GET", "/store/", (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[content.length + 1]);
        });

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(NonRetriableException.class)
                .hasMessageContaining("it sends more than the 100000 bytes that may come");
    }

    @Test
    void refuses_a_file_of_another_size_than_stated() {
        // given
        model.server.next("GET", "/store/", (exchange, content) -> exchange.sendResponseHeaders(200, 7));

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(NonRetriableException.class)
                .hasMessageContaining("it sends a file of 7 bytes and states 100000");
    }

    @Test
    void refuses_a_listing_without_end() {
        // given
        model.server.next("GET", "/api/", (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[1 << 20];
            Arrays.fill(spaces, (byte) ' ');
            for (int mebibyte = 0; mebibyte < 1_000; mebibyte++) {
                exchange.getResponseBody().write(spaces);
            }
        });

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(NonRetriableException.class)
                .hasMessageContaining("it sends more than the 16777216 bytes that may come");
    }

    @Test
    void waits_as_long_as_a_busy_hub_asks() {
        // given
        model.server.next("GET", "/api/", FakeHub.status(429, "Retry-After", "7"));
        model.server.next("HEAD", "config.json", FakeHub.status(503));
        model.server.next("GET", "/store/", FakeHub.status(500));

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void gives_up_on_a_silent_server() throws InterruptedException {
        // given
        CountDownLatch over = new CountDownLatch(1);
        for (int attempt = 0; attempt < HubRetry.MAX_ATTEMPTS; attempt++) {
            model.server.next("GET", "/api/", ServedModel.silentUntil(over));
        }

        // when, then
        try {
            assertThatThrownBy(() -> model.download(Duration.ofMillis(100)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage(model.server.endpoint() + " did not deliver the list of files of"
                            + " acme/tiny-reranker: it was silent for PT0.1S; check network, proxy and HF_ENDPOINT, or"
                            + " use what is cached with offline(true)");
        } finally {
            over.countDown();
        }
    }

    @Test
    void goes_on_after_a_server_that_falls_silent_within_a_file() {
        // given
        CountDownLatch over = new CountDownLatch(1);
        model.server.next("GET", "/store/", (exchange, content) -> {
            FakeHub.cutAfter(20_000).answer(exchange, content);
            ServedModel.silentUntil(over).answer(exchange, content);
        });

        // when, then
        try {
            assertThat(model.download(Duration.ofSeconds(1)).path("model.onnx")).hasBinaryContent(model.network());
            assertThat(model.server.heard("GET", "/store/"))
                    .extracting(FakeHub.Heard::range)
                    .containsExactly(null, "bytes=20000-");
            assertThat(model.progress)
                    .as("the pause is told")
                    .contains(new HubDownloadProgress(FakeHub.MODEL, "onnx/model.onnx", 20_000, 100_000));
        } finally {
            over.countDown();
        }
    }

    @Test
    void stops_at_once_when_interrupted_and_keeps_the_flag() throws InterruptedException {
        // given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        model.server.next("GET", "/store/", (exchange, content) -> {
            asked.countDown();
            ServedModel.silentUntil(over).answer(exchange, content);
        });
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread downloader = new Thread(() -> {
            try {
                model.download();
            } catch (CancellationException e) {
                outcome.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });

        // when
        downloader.start();
        asked.await();
        downloader.interrupt();
        downloader.join();
        over.countDown();

        // then
        assertThat(outcome.get())
                .hasMessage("interrupted while downloading acme/tiny-reranker at main; the next download goes on from"
                        + " what has come")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(flag).isTrue();
    }

    @Test
    void ends_the_download_with_the_exception_of_the_listener() {
        // given
        IllegalStateException enough = new IllegalStateException("enough");
        Hub hub = new Hub(model.settings(), told -> {
            throw enough;
        });

        // when, then
        assertThatThrownBy(() -> hub.snapshot(ServedModel.MAIN, ServedModel.CHOICE))
                .isSameAs(enough);
    }
}
