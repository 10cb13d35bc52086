package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.rerank.local.ColbertScoringModel;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.Engine;
import dev.langchain4j.rerank.local.OnnxVariant;
import dev.langchain4j.rerank.local.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubOptionsTest {

    @TempDir
    Path cache;

    private ServedModel model;
    private HubOptions source;

    @BeforeEach
    void serve() {
        model = new ServedModel(cache);
        source = source(Map.of("HF_ENDPOINT", model.server.endpoint(), "HF_HUB_CACHE", cache.toString()));
    }

    @AfterEach
    void stop() {
        model.close();
    }

    private HubOptions source(Map<String, String> environment) {
        return new HubOptions(environment, cache);
    }

    @Test
    void brings_the_model_named_at_main() {
        // given
        source.modelName(FakeHub.MODEL);

        // when
        ModelFiles files = source.resolve(null, null);

        // then
        assertThat(files.path("model.onnx")).isEqualTo(model.snapshot().resolve("onnx/model.onnx"));
        assertThat(files.has("model.onnx")).isTrue();
        assertThat(files.has("tokenizer.json")).isTrue();
        assertThat(files.has("tokenizer_config.json")).isFalse();
        assertThat(files.locate("tokenizer_config.json"))
                .isEqualTo(model.snapshot().resolve("tokenizer_config.json").toString());
    }

    @Test
    void goes_by_revision_variant_cache_and_token() {
        // given
        model.server.revision("v2", "a".repeat(40)).gatedBy(ServedModel.TOKEN);
        source.modelName(FakeHub.MODEL);
        source.revision("v2");
        source.variant(OnnxVariant.O3);
        source.cacheDirectory(cache.resolve("other"));
        source.token(ServedModel.TOKEN);
        List<String> told = new ArrayList<>();
        source.listener(progress -> told.add(progress.file()));

        // when, then
        assertThat(source.resolve(null, Engine.ONNX_RUNTIME).path("model.onnx"))
                .isEqualTo(cache.resolve(
                        "other/models--acme--tiny-reranker/snapshots/" + "a".repeat(40) + "/onnx/model_O3.onnx"));
        assertThat(told).contains("onnx/model_O3.onnx");
    }

    @Test
    void is_offline_where_the_option_or_the_environment_says_so() {
        // given
        source.modelName(FakeHub.MODEL);
        source.offline(true);
        HubOptions offline = source(Map.of("HF_HUB_OFFLINE", "1", "HF_HUB_CACHE", cache.toString()));
        offline.modelName(FakeHub.MODEL);
        offline.offline(false);

        // when, then
        for (HubOptions each : List.of(source, offline)) {
            assertThatThrownBy(() -> each.resolve(null, null))
                    .isInstanceOf(ModelNotFoundException.class)
                    .hasMessageContaining("looked for " + model.folder().resolve("refs/main") + ";");
        }
    }

    @Test
    void takes_torchscript_where_pytorch_runs_or_there_is_nothing_else() {
        // given
        model.server.large("model.pt", new byte[9]);
        source.modelName(FakeHub.MODEL);

        // when, then
        assertThat(source.resolve(null, Engine.PYTORCH).has("model.onnx")).isFalse();
        assertThat(source.resolve(null, Engine.PYTORCH).path("model.pt")).hasSize(9);
        assertThat(source.resolve(null, null).has("model.onnx")).isTrue();
    }

    @Test
    void gives_back_the_files_given() {
        // given
        ModelFiles given = ModelFiles.in(Path.of("model"));

        // when, then
        assertThat(source.resolve(given, null)).isSameAs(given);
    }

    @Test
    void refuses_no_model_and_two_models() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.resolve(null, null))
                .withMessage("no model: set modelPath or modelName");

        source.modelName(FakeHub.MODEL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.resolve(ModelFiles.in(Path.of("model")), null))
                .withMessage(
                        "two models, model and acme/tiny-reranker: set modelName, or a path or class, and not both");
        assertThat(model.server.heard()).isEmpty();
    }

    @Test
    void refuses_options_that_would_do_nothing() {
        // given
        ModelFiles given = ModelFiles.in(Path.of("model"));
        HubOptions withRevision = source(Map.of());
        withRevision.revision("v2");
        HubOptions withVariant = source(Map.of());
        withVariant.variant(OnnxVariant.O1);

        // when, then
        for (HubOptions each : List.of(withRevision, withVariant)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> each.resolve(given, null))
                    .withMessage(
                            "revision and onnxVariant belong to modelName, and the model is model: leave them out");
        }
    }

    @Test
    void refuses_an_onnx_variant_for_pytorch() {
        // given
        source.modelName(FakeHub.MODEL);
        source.variant(OnnxVariant.QUANTIZED);

        // when, then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.resolve(null, Engine.PYTORCH))
                .withMessage("onnxVariant QUANTIZED is not for the engine PYTORCH: leave one of them out");
    }

    @Test
    void refuses_a_bad_value_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> source.modelName("../x"));
        assertThatIllegalArgumentException().isThrownBy(() -> source.revision("../x"));
        assertThatIllegalArgumentException().isThrownBy(() -> source.token(""));
    }

    @Test
    void a_model_by_name_scores_as_from_its_directory() throws IOException {
        // given
        Path bert = TestModels.directory("bert");
        byte[] network = Files.readAllBytes(bert.resolve("model.onnx"));
        model.server
                .small("config.json", Files.readString(bert.resolve("config.json")))
                .small("tokenizer.json", Files.readString(bert.resolve("tokenizer.json")))
                .large("onnx/model.onnx", network);
        model.download();

        // when, then
        try (CrossEncoderScoringModel byName = CrossEncoderScoringModel.builder()
                        .modelName(FakeHub.MODEL)
                        .cacheDirectory(cache)
                        .offline(true)
                        .build();
                CrossEncoderScoringModel byPath = TestModels.builder("bert").build()) {
            assertThat(byName.score("passage", "query").content())
                    .isEqualTo(byPath.score("passage", "query").content());
            assertThat(byName.toString()).startsWith("CrossEncoderScoringModel[acme/tiny-reranker at main, ");
        }
    }

    @Test
    void a_model_by_name_finds_its_weights_beside_the_graph() throws IOException {
        // given
        Path beside = TestModels.directory("bert-weights-beside");
        model.server
                .small("config.json", Files.readString(beside.resolve("config.json")))
                .small("tokenizer.json", Files.readString(beside.resolve("tokenizer.json")))
                .large("onnx/model.onnx", Files.readAllBytes(beside.resolve("model.onnx")))
                .large("onnx/model.onnx_data", Files.readAllBytes(beside.resolve("model.onnx_data")));
        model.download();

        // when, then
        try (CrossEncoderScoringModel byName = CrossEncoderScoringModel.builder()
                        .modelName(FakeHub.MODEL)
                        .cacheDirectory(cache)
                        .offline(true)
                        .build();
                CrossEncoderScoringModel byPath = TestModels.builder("bert").build()) {
            assertThat(byName.score("passage", "query").content())
                    .isEqualTo(byPath.score("passage", "query").content());
        }
    }

    @Test
    void a_late_interaction_model_by_name_brings_its_lengths_and_its_dense_layer() throws IOException {
        // given
        Path colbert = TestModels.directory("colbert");
        for (String small : List.of(
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "config_sentence_transformers.json",
                "1_Dense/config.json")) {
            model.server.small(small, Files.readString(colbert.resolve(small)));
        }
        model.server
                .large("1_Dense/model.safetensors", Files.readAllBytes(colbert.resolve("1_Dense/model.safetensors")))
                .large("onnx/model.onnx", Files.readAllBytes(colbert.resolve("model.onnx")));
        source.modelName(FakeHub.MODEL);
        source.alsoTaking(Stream.concat(
                        Stream.of("config_sentence_transformers.json", "artifact.metadata"),
                        IntStream.rangeClosed(1, 4)
                                .boxed()
                                .flatMap(i -> Stream.of(i + "_Dense/config.json", i + "_Dense/model.safetensors")))
                .toList());
        source.resolve(null, null);

        // when, then
        try (ColbertScoringModel byName = ColbertScoringModel.builder()
                        .modelName(FakeHub.MODEL)
                        .cacheDirectory(cache)
                        .offline(true)
                        .build();
                ColbertScoringModel byPath =
                        ColbertScoringModel.builder().modelPath(colbert).build()) {
            assertThat(byName.score("passage", "query").content())
                    .isEqualTo(byPath.score("passage", "query").content());
        }
    }

    @Test
    void the_builder_has_the_options() {
        // given
        CrossEncoderScoringModel.Builder builder = CrossEncoderScoringModel.builder()
                .modelName(FakeHub.MODEL)
                .revision(FakeHub.COMMIT)
                .onnxVariant(OnnxVariant.O3)
                .cacheDirectory(cache)
                .hubToken(ServedModel.TOKEN)
                .downloadListener(progress -> {})
                .offline(true);

        // when, then
        assertThatThrownBy(builder::build)
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("looked for " + model.snapshot().resolve("tokenizer.json") + ";");
        assertThatIllegalArgumentException()
                .isThrownBy(builder.modelPath(Path.of("model"))::build)
                .withMessage(
                        "two models, model and acme/tiny-reranker: set modelName, or a path or class, and not both");
    }
}
