package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEmbeddingsTest {

    static final Iterable<String> FAMILIES = TestModels.FAMILIES;

    private static final int TOKENS = 100;

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void has_a_direction_for_each_token_of_every_family(String family) {
        TokenEmbeddings embeddings = TokenEmbeddings.load(files(family));

        for (int token = 5; token < TOKENS; token++) {
            assertThat(dot(embeddings.direction(token), embeddings.direction(token)))
                    .isEqualTo(1, within(1e-5));
        }
        assertThat(dot(embeddings.direction(5), embeddings.direction(6))).isLessThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-int8", "bert-fp16"})
    void has_the_directions_of_the_floats_when_they_are_kept_in_fewer_bits(String narrow) {
        TokenEmbeddings floats = TokenEmbeddings.load(files("bert"));
        TokenEmbeddings narrowed = TokenEmbeddings.load(files(narrow));

        for (int token = 5; token < TOKENS; token++) {
            assertThat(dot(floats.direction(token), narrowed.direction(token))).isEqualTo(1, within(0.01));
        }
    }

    @Test
    void says_that_tokenizer_and_model_are_not_one_when_there_is_no_such_token() {
        TokenEmbeddings embeddings = TokenEmbeddings.load(files("bert"));

        assertThatThrownBy(() -> embeddings.direction(1_000_000))
                .isInstanceOf(LocalModelException.class)
                .hasMessage("the model has no vector for token 1000000, of its tokenizer: the files are not of"
                        + " one model");
    }

    @Test
    void says_that_a_model_must_be_an_onnx_file(@TempDir Path directory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenEmbeddings.load(ModelFiles.in(directory)))
                .withMessage(
                        "earlyExit reads the token vectors of an ONNX model, and there is no file %s: leave the"
                                + " option out",
                        directory.resolve("model.onnx"));
    }

    @Test
    void says_why_a_graph_has_no_vectors_that_can_be_read(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("model.onnx"), "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenEmbeddings.load(ModelFiles.in(directory)))
                .withMessage(
                        "earlyExit cannot read the token vectors of %s (no node gathers them by input_ids): leave the"
                                + " option out",
                        directory.resolve("model.onnx"));
    }

    @Test
    void answers_or_refuses_whatever_bytes_have_changed() throws IOException {
        byte[] model = Files.readAllBytes(TestModels.directory("bert-int8").resolve("model.onnx"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] changed = model.clone();
            IntStream.range(0, 20).forEach(i -> changed[random.nextInt(changed.length)] = (byte) random.nextInt());
            try {
                assertThat(TokenEmbeddings.read(ByteBuffer.wrap(changed)).direction(5))
                        .isNotEmpty();
            } catch (IllegalArgumentException | LocalModelException e) {
                assertThat(e).as("seed %d, round %d", seed, round).hasMessageNotContaining("null");
            }
        }
    }

    private static ModelFiles files(String model) {
        return ModelFiles.in(TestModels.directory(model));
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
