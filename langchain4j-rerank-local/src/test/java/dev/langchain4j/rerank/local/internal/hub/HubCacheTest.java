package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.rerank.local.OnnxVariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubCacheTest {

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
    void offline_takes_what_is_here_without_a_request() {
        // given
        model.download();
        int before = model.server.heard().size();

        // when, then
        assertThat(model.find(ServedModel.MAIN).path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.find(ServedModel.PINNED).path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.heardSince(before)).isEmpty();
    }

    @Test
    void offline_says_which_revision_it_looked_for() {
        assertThatThrownBy(() -> model.find(ServedModel.MAIN))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("offline, and acme/tiny-reranker at main is not in the cache: looked for "
                        + model.folder().resolve("refs/main")
                        + "; download it once without offline(true) and HF_HUB_OFFLINE, or set cacheDirectory to where"
                        + " it is");
        assertThat(model.server.heard()).isEmpty();
    }

    @Test
    void offline_says_which_files_it_looked_for() {
        // given
        model.download();
        Path snapshot = model.snapshot();

        // when, then
        assertThatThrownBy(() -> model.find(ServedModel.MAIN, HubFileChoice.onnx(OnnxVariant.O3, CpuKind.AVX2)))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("offline, and acme/tiny-reranker at main is not in the cache: looked for "
                        + snapshot.resolve("onnx/model_O3.onnx") + " or " + snapshot.resolve("model_O3.onnx")
                        + "; download it once without offline(true) and HF_HUB_OFFLINE, or set cacheDirectory to where"
                        + " it is");
    }

    @Test
    void offline_does_not_take_a_link_without_a_blob_for_a_file() throws IOException {
        // given
        model.download();
        Files.delete(model.blob());

        // when, then
        assertThatThrownBy(() -> model.find(ServedModel.MAIN))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("snapshots/" + FakeHub.COMMIT + "/onnx/model.onnx or ");
    }

    @Test
    void mends_a_link_without_a_blob() throws IOException {
        // given
        model.download();
        Files.delete(model.blob());

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void goes_on_with_what_is_here_while_the_hub_cannot_be_reached() {
        // given
        model.download();
        model.server.close();

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void says_that_the_hub_cannot_be_reached_where_nothing_is_here() {
        // given
        model.server.close();

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(RetriableException.class)
                .hasMessage(model.server.endpoint() + " did not deliver the list of files of acme/tiny-reranker: no"
                        + " connection; check network, proxy and HF_ENDPOINT, or use cached models with offline(true)");
        assertThat(model.waits).hasSize(HubRetry.MAX_ATTEMPTS - 1);
    }

    @Test
    void does_not_go_on_with_what_is_here_where_the_hub_refuses() {
        // given
        model.download();
        model.server.gatedBy(ServedModel.TOKEN);

        // when, then
        assertThatThrownBy(() -> model.download()).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void refuses_a_file_that_a_link_takes_out_of_the_cache(@TempDir Path elsewhere) throws IOException {
        // given
        model.download();
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        Path config = model.snapshot().resolve("config.json");
        Files.delete(config);
        Files.createSymbolicLink(config, secret);

        // when, then
        assertThatThrownBy(() -> model.find(ServedModel.MAIN))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the cache " + cache + " failed for acme/tiny-reranker at main: " + config
                        + " is a link that leads out of the cache, to " + secret.toRealPath());
    }

    @Test
    void writes_nothing_through_a_link_that_leads_out_of_the_cache(@TempDir Path elsewhere) throws IOException {
        // given
        Files.createDirectories(model.folder().resolve("snapshots"));
        Files.createSymbolicLink(model.snapshot(), elsewhere);

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(" is a link that leads out of the cache, to ");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void appends_nothing_to_what_a_link_in_place_of_a_partial_file_leads_to(@TempDir Path elsewhere)
            throws IOException {
        // given
        Path victim = Files.writeString(elsewhere.resolve("victim"), "as it was");
        Files.createDirectories(model.partial().getParent());
        Files.createSymbolicLink(model.partial(), victim);

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot use " + model.partial() + " for the download of onnx/model.onnx");
        assertThat(victim).hasContent("as it was");
    }

    @Test
    void needs_no_network_to_be_offline_even_where_a_token_could_not_travel() {
        // given
        model.download();
        HubSettings settings =
                new HubSettings(URI.create("http://hub.example"), cache, new HubToken(ServedModel.TOKEN), true, true);

        // when, then
        assertThat(new Hub(settings, told -> {})
                        .snapshot(ServedModel.MAIN, ServedModel.CHOICE)
                        .directory())
                .isEqualTo(model.snapshot());
    }

    @Test
    void works_in_a_model_folder_that_is_a_link_to_another_disk(@TempDir Path elsewhere) throws IOException {
        // given
        Files.createSymbolicLink(model.folder(), elsewhere);

        // when, then
        assertThat(model.download().path("model.onnx")).hasBinaryContent(model.network());
        assertThat(model.find(ServedModel.MAIN).path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void works_in_a_cache_that_is_a_link(@TempDir Path elsewhere) throws IOException {
        // given
        Path link = Files.createSymbolicLink(cache.resolve("link"), elsewhere);

        // when, then
        try (ServedModel linked = new ServedModel(link)) {
            assertThat(linked.download().path("model.onnx")).hasBinaryContent(model.network());
            assertThat(linked.download().path("model.onnx")).startsWith(link);
        }
    }

    @Test
    void says_which_cache_cannot_be_written() throws IOException {
        // given
        Path file = Files.writeString(cache.resolve("file"), "not a directory");

        // when, then
        try (ServedModel unwritable = new ServedModel(file)) {
            assertThatThrownBy(unwritable::download)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("the cache " + file + " failed for acme/tiny-reranker at main: ");
        }
    }
}
