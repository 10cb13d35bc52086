package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {

    @TempDir
    private Path directory;

    @Test
    void without_a_file_scores_are_logits_of_any_length() {
        ModelConfig config = ModelConfig.load(ModelFiles.in(directory));

        assertThat(config.defaultActivation()).isEqualTo(Activation.NONE);
        assertThat(config.relevantClass()).isEqualTo(1);
        assertThat(config.maxPositions()).isNull();
    }

    @Test
    void one_label_means_sigmoid_and_more_mean_none() throws IOException {
        assertThat(config("{'id2label': {'0': 'LABEL_0'}}").defaultActivation()).isEqualTo(Activation.SIGMOID);
        assertThat(config("{'num_labels': 1}").defaultActivation()).isEqualTo(Activation.SIGMOID);
        assertThat(config("{'id2label': {'0': 'no', '1': 'yes'}}").defaultActivation())
                .isEqualTo(Activation.NONE);
        assertThat(config("{}").defaultActivation()).isEqualTo(Activation.NONE);
    }

    @Test
    void reads_the_activation_of_sentence_transformers_old_and_new() throws IOException {
        assertThat(config("{'num_labels': 1, 'sentence_transformers':"
                                + " {'activation_fn': 'torch.nn.modules.linear.Identity'}}")
                        .defaultActivation())
                .isEqualTo(Activation.NONE);
        assertThat(config("{'sbert_ce_default_activation_function': 'torch.nn.modules.activation.Sigmoid'}")
                        .defaultActivation())
                .isEqualTo(Activation.SIGMOID);
        assertThat(config("{'sentence_transformers': {'activation_fn': 'torch.nn.modules.activation.Sigmoid'},"
                                + " 'sbert_ce_default_activation_function': 'torch.nn.modules.linear.Identity'}")
                        .defaultActivation())
                .as("the newer spelling wins")
                .isEqualTo(Activation.SIGMOID);
    }

    @Test
    void refuses_an_activation_that_it_does_not_know() throws IOException {
        ModelConfig config = config("{'sentence_transformers': {'activation_fn': 'torch.nn.modules.activation.Tanh'}}");

        assertThatThrownBy(config::defaultActivation)
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(
                        "%s has the activation torch.nn.modules.activation.Tanh, which is neither Sigmoid nor Identity:"
                                + " set activation(SIGMOID) or activation(NONE)",
                        directory.resolve("config.json"));
    }

    @Test
    void takes_the_class_that_is_named_relevant() throws IOException {
        assertThat(config("{'id2label': {'0': 'LABEL_0', '1': 'LABEL_1'}}").relevantClass())
                .isEqualTo(1);
        assertThat(config("{'id2label': {'0': 'Relevant', '1': 'Irrelevant'}}").relevantClass())
                .isZero();
        assertThat(config("{'id2label': {'0': 'irrelevant', '1': 'relevant'}}").relevantClass())
                .isEqualTo(1);
    }

    @Test
    void knows_how_many_positions_a_model_has() throws IOException {
        assertThat(config("{'model_type': 'bert', 'max_position_embeddings': 512, 'pad_token_id': 0}")
                        .maxPositions())
                .isEqualTo(512);
        assertThat(config("{'model_type': 'xlm-roberta', 'max_position_embeddings': 514, 'pad_token_id': 1}")
                        .maxPositions())
                .isEqualTo(512);
        assertThat(config("{'model_type': 'deberta-v2', 'max_position_embeddings': 512,"
                                + " 'position_biased_input': false}")
                        .maxPositions())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"camembert", "data2vec-text", "longformer", "mpnet", "xlm-roberta-xl"})
    void positions_of_these_models_follow_padding(String type) throws IOException {
        assertThat(config("{'model_type': '%s', 'max_position_embeddings': 514, 'pad_token_id': 1}".formatted(type))
                        .maxPositions())
                .isEqualTo(512);
    }

    @Test
    void reads_numbers_that_only_python_writes() throws IOException {
        assertThat(config("{'num_labels': 1, 'logit_scale': NaN, 'attention_scale': -Infinity}")
                        .defaultActivation())
                .isEqualTo(Activation.SIGMOID);
    }

    @Test
    void refuses_a_file_that_is_not_json() throws IOException {
        assertThatThrownBy(() -> config("<html>"))
                .isInstanceOf(LocalModelException.class)
                .hasMessageStartingWith(directory.resolve("config.json") + " is not JSON: ");
    }

    private ModelConfig config(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json.replace('\'', '"'));
        return ModelConfig.load(ModelFiles.in(directory));
    }
}
