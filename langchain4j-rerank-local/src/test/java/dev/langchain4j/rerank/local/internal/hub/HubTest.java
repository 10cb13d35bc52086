package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.rerank.local.HubDownloadProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {

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
    void brings_the_files_that_the_engine_needs_and_no_others() throws IOException {
        // when
        HubSnapshot snapshot = model.download();

        // then
        assertThat(snapshot.directory()).isEqualTo(model.snapshot());
        assertThat(ServedModel.files(snapshot.directory()))
                .containsExactly("config.json", "onnx/model.onnx", "tokenizer.json");
        assertThat(snapshot.network()).isEqualTo("onnx/model.onnx");
        assertThat(snapshot.path("model.onnx")).hasBinaryContent(model.network());
        assertThat(snapshot.read("tokenizer.json")).asString().isEqualTo("{\"version\": \"1.0\"}");
        assertThat(snapshot).hasToString("acme/tiny-reranker at main");
    }

    @Test
    void lays_the_cache_out_as_huggingface_hub_does() throws IOException {
        // when
        Path directory = model.download().directory();

        // then
        String sha256 = FakeHub.sha256(model.network());
        assertThat(Files.readSymbolicLink(directory.resolve("onnx/model.onnx")))
                .isEqualTo(Path.of("../../../blobs/" + sha256));
        assertThat(Files.readSymbolicLink(directory.resolve("config.json")))
                .isEqualTo(Path.of("../../blobs/" + FakeHub.gitId("{}".getBytes(StandardCharsets.UTF_8))));
        assertThat(model.folder().resolve("refs/main")).hasContent(FakeHub.COMMIT);
        assertThat(ServedModel.files(model.folder().resolve("blobs")))
                .hasSize(3)
                .contains(sha256);
        assertThat(ServedModel.files(model.folder().resolve(".no_exist/" + FakeHub.COMMIT)))
                .containsExactly("special_tokens_map.json", "tokenizer_config.json");
        assertThat(ServedModel.files(cache.resolve(".locks/models--acme--tiny-reranker")))
                .contains(sha256 + ".lock");
    }

    @Test
    void keeps_the_commit_of_every_revision() {
        // given
        String tagged = "f".repeat(40);
        model.server.revision("v1", tagged).revision("refs/pr/1", tagged);

        // when
        model.download(new HubModel(FakeHub.MODEL, "v1"));
        model.download(new HubModel(FakeHub.MODEL, "refs/pr/1"));

        // then
        assertThat(model.folder().resolve("refs/v1")).hasContent(tagged);
        assertThat(model.folder().resolve("refs/refs/pr/1")).hasContent(tagged);
        assertThat(model.server.heard("GET", "onnx/model.onnx"))
                .as("one download, though two revisions")
                .hasSize(2);
    }

    @Test
    void follows_a_branch_that_moves() {
        // given
        model.download();
        String next = "e".repeat(40);
        model.server.revision("main", next).small("config.json", "{\"changed\": true}");

        // when
        HubSnapshot snapshot = model.download();

        // then
        assertThat(snapshot.directory()).hasFileName(next);
        assertThat(snapshot.path("config.json")).hasContent("{\"changed\": true}");
        assertThat(model.folder().resolve("refs/main")).hasContent(next);
    }

    @Test
    void leaves_a_branch_where_it_was_until_all_of_the_new_commit_is_here() {
        // given
        model.download();
        model.server.revision("main", "e".repeat(40)).large("onnx/model.onnx", new byte[5]);
        model.server.next("HEAD", "onnx/model.onnx", FakeHub.status(403));

        // when, then
        assertThatThrownBy(() -> model.download()).isInstanceOf(AuthenticationException.class);
        assertThat(model.find(ServedModel.MAIN).path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void brings_an_empty_file() {
        // given
        model.server.small("tokenizer_config.json", "");

        // when, then
        assertThat(model.download().path("tokenizer_config.json")).isEmptyFile();
    }

    @Test
    void copies_where_there_are_no_links() {
        // when
        HubSettings settings = new HubSettings(URI.create(model.server.endpoint()), cache, null, false, false);
        HubSnapshot snapshot = new Hub(settings, told -> {}).snapshot(ServedModel.MAIN, ServedModel.CHOICE);

        // then
        assertThat(snapshot.path("model.onnx")).hasBinaryContent(model.network());
        assertThat(Files.isSymbolicLink(snapshot.path("model.onnx"))).isFalse();
        assertThat(ServedModel.files(model.folder().resolve("blobs"))).hasSize(3);
    }

    @Test
    void tells_how_far_each_file_has_come() {
        // when
        model.download();

        // then
        assertThat(model.progress.stream().filter(HubDownloadProgress::complete))
                .containsExactly(
                        new HubDownloadProgress(FakeHub.MODEL, "config.json", 2, 2),
                        new HubDownloadProgress(FakeHub.MODEL, "tokenizer.json", 18, 18),
                        new HubDownloadProgress(FakeHub.MODEL, "onnx/model.onnx", 100_000, 100_000));
    }

    @Test
    void tells_nothing_of_files_that_are_here() {
        // given
        model.download();
        model.progress.clear();

        // when
        model.download();

        // then
        assertThat(model.progress).isEmpty();
    }

    @Test
    void asks_only_where_a_branch_is_once_its_files_are_here() {
        // given
        model.download();
        int before = model.server.heard().size();

        // when
        model.download();

        // then
        assertThat(model.heardSince(before))
                .extracting(FakeHub.Heard::path)
                .containsExactly("/api/models/acme/tiny-reranker/revision/main");
    }

    @Test
    void asks_nothing_of_a_commit_whose_files_are_here() {
        // given
        model.download(ServedModel.PINNED);
        int before = model.server.heard().size();

        // when
        HubSnapshot snapshot = model.download(ServedModel.PINNED);

        // then
        assertThat(model.heardSince(before)).isEmpty();
        assertThat(snapshot.path("model.onnx")).hasBinaryContent(model.network());
    }

    @Test
    void asks_whether_a_commit_has_a_file_of_which_nothing_is_known() throws IOException {
        // given
        model.download(ServedModel.PINNED);
        Files.delete(model.snapshot().resolve("config.json"));

        // when
        HubSnapshot snapshot = model.download(ServedModel.PINNED);

        // then
        assertThat(snapshot.path("config.json")).hasContent("{}");
    }

    @Test
    void sends_the_token_to_the_hub_and_to_nobody_else() {
        // given
        model.server.gatedBy(ServedModel.TOKEN);

        // when
        model.downloadWithToken();

        // then
        assertThat(model.server.heard().stream()
                        .filter(request -> request.server().equals("hub")))
                .extracting(FakeHub.Heard::authorization)
                .hasSizeGreaterThan(5)
                .containsOnly("Bearer " + ServedModel.TOKEN);
        assertThat(model.server.heard().stream()
                        .filter(request -> request.server().equals("store")))
                .extracting(FakeHub.Heard::authorization)
                .hasSize(1)
                .containsOnlyNulls();
    }
}
