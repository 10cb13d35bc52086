package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScoreScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options, and what happens when files are missing or damaged. */
class CrossEncoderBuilderTest {

    @TempDir
    private Path directory;

    @Test
    void refuses_bad_values_at_once() {
        CrossEncoderScoringModel.Builder builder = CrossEncoderScoringModel.builder();

        assertThatThrownBy(() -> builder.maxLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxLength must be at least 1, got 0");
        assertThatThrownBy(() -> builder.queryMaxLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queryMaxLength must be at least 1, got 0");
        assertThatThrownBy(() -> builder.workers(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workers must be at least 1, got -1");
        assertThatThrownBy(() -> builder.maxWaitingCalls(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxWaitingCalls must be at least 1, got 0");
        assertThatThrownBy(() -> builder.device("gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be \"cpu\", \"cuda\" or \"cuda:0\", got \"gpu\"");
    }

    @Test
    void asks_for_a_model() {
        assertThatThrownBy(() -> CrossEncoderScoringModel.builder().build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("no model: set modelPath or modelName");
    }

    @Test
    void bge_is_preset_as_the_function_of_pymilvus() {
        assertThatThrownBy(() -> CrossEncoderScoringModel.bge()
                        .cacheDirectory(directory)
                        .offline(true)
                        .build())
                .hasMessageContaining("BAAI/bge-reranker-v2-m3");
        assertThatThrownBy(() -> CrossEncoderScoringModel.bge()
                        .modelPath(TestModels.directory("xlm-roberta"))
                        .build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("maxLength must be at most 96, the positions of this model, got 512");
        assertThatThrownBy(() -> CrossEncoderScoringModel.bge()
                        .modelPath(TestModels.directory("xlm-roberta"))
                        .maxLength(90)
                        .build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("fit into maxLength 90, got 256");
    }

    @Test
    void bge_reports_probabilities_of_whatever_model_it_is_given() {
        try (CrossEncoderScoringModel model = CrossEncoderScoringModel.bge()
                .modelPath(TestModels.directory("xlm-roberta"))
                .maxLength(90)
                .queryMaxLength(40)
                .build()) {
            assertThat(model.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
        }
    }

    @Test
    void names_the_directory_that_is_missing() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> build(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no model directory " + missing);
    }

    @Test
    void names_the_file_that_is_missing() throws IOException {
        assertThatThrownBy(() -> build(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no file " + directory.resolve("tokenizer.json"));

        copy("bert", "tokenizer.json");
        assertThatThrownBy(() -> build(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no file %s or %s", directory.resolve("model.onnx"), directory.resolve("model.pt"));
        assertThatThrownBy(() -> CrossEncoderScoringModel.builder()
                        .modelPath(directory)
                        .engine(Engine.PYTORCH)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no file %s, which PYTORCH reads", directory.resolve("model.pt"));
    }

    @Test
    void names_the_file_that_is_not_onnx() throws IOException {
        copy("bert", "tokenizer.json");
        Files.writeString(directory.resolve("model.onnx"), "<!doctype html><title>404</title>");

        assertThatThrownBy(() -> build(directory))
                .isInstanceOf(LocalModelException.class)
                .hasMessageStartingWith(directory.resolve("model.onnx") + " is not an ONNX model: it ");
    }

    @Test
    void refuses_an_onnx_file_that_is_cut_off() throws IOException {
        copy("bert", "tokenizer.json");
        byte[] model = Files.readAllBytes(TestModels.directory("bert").resolve("model.onnx"));
        Files.write(directory.resolve("model.onnx"), Arrays.copyOf(model, model.length / 2));

        assertThatThrownBy(() -> build(directory))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(directory.resolve("model.onnx") + " is not an ONNX model: it ends early");
    }

    @Test
    void names_the_file_that_is_not_torchscript() throws IOException {
        copy("bert", "tokenizer.json");
        Files.writeString(directory.resolve("model.pt"), "pickle?");

        assertThatThrownBy(() -> build(directory))
                .isInstanceOf(LocalModelException.class)
                .hasMessageStartingWith(directory.resolve("model.pt") + " is not a TorchScript model: ");
    }

    @Test
    void takes_the_length_that_the_model_has_positions_for() {
        assertThatThrownBy(() -> TestModels.builder("bert").maxLength(97).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("maxLength must be at most 96, the positions of this model, got 97");
    }

    @Test
    void scores_logits_without_a_config() throws IOException {
        copy("xlm-roberta", "tokenizer.json");
        copy("xlm-roberta", "model.onnx");
        try (CrossEncoderScoringModel bare = CrossEncoderScoringModel.builder()
                        .modelPath(directory)
                        .maxLength(96)
                        .build();
                CrossEncoderScoringModel configured =
                        TestModels.builder("xlm-roberta").build()) {
            assertThat(bare.scoreScale()).isEqualTo(ScoreScale.LOGIT);
            assertThat(configured.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
        }
    }

    @Test
    void the_last_call_wins() {
        try (CrossEncoderScoringModel model = TestModels.builder("bert")
                .modelPath(TestModels.directory("roberta"))
                .workers(7)
                .workers(2)
                .build()) {
            assertThat(model)
                    .hasToString("CrossEncoderScoringModel[%s, [cpu], 2 workers]", TestModels.directory("roberta"));
        }
    }

    private static void build(Path directory) {
        CrossEncoderScoringModel.builder().modelPath(directory).build().close();
    }

    private void copy(String model, String file) throws IOException {
        Files.copy(TestModels.directory(model).resolve(file), directory.resolve(file));
    }
}
