package dev.langchain4j.rerank.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dense layers beside a network, and what becomes of its vectors. */
class ProjectionTest {

    private static final float[] NO_BIAS = new float[2];

    @TempDir
    private Path directory;

    @Test
    void a_layer_is_an_activated_product_with_its_bias() throws IOException {
        layer(1, "torch.nn.modules.activation.Tanh", false, tensor("linear.weight", 2, 3), tensor("linear.bias", 2));

        float[] projected = DenseLayer.load(files(), 1).apply(new float[] {1, 0, -1});

        // weights count up from 1: rows (1, 2, 3) and (4, 5, 6), bias (1, 2)
        assertThat(projected).containsExactly((float) Math.tanh(1 - 3 + 1), (float) Math.tanh(4 - 6 + 2));
    }

    @Test
    void a_residual_goes_around_the_activation() throws IOException {
        layer(
                1,
                "torch.nn.modules.activation.ReLU",
                true,
                tensor("linear.weight", 2, 3),
                tensor("residual.weight", 2, 3));

        float[] projected = DenseLayer.load(files(), 1).apply(new float[] {0, 0, -1});

        assertThat(projected).containsExactly(0 - 3, 0 - 6);
    }

    @Test
    void a_residual_of_as_many_numbers_is_the_vector_itself() {
        DenseLayer doubling = new DenseLayer(2, 2, new float[] {1, 0, 0, 1}, NO_BIAS, x -> x, new float[] {1, 0, 0, 1});

        assertThat(doubling.apply(new float[] {3, 4})).containsExactly(3 + 3, 4 + 4);
    }

    @Test
    void vectors_go_through_all_layers_and_have_the_length_one() throws IOException {
        layer(1, "torch.nn.modules.linear.Identity", false, tensor("linear.weight", 2, 3));
        layer(2, "torch.nn.modules.linear.Identity", false, tensor("linear.weight", 2, 2));
        Projection projection = Projection.load(files());

        float[][] vectors = projection.vectors(2, new float[] {1, 0, 0, 0, 0, 0});

        // (1, 4) by the first, (1 + 2 * 4, 3 + 4 * 4) by the second
        double length = Math.hypot(9, 19);
        assertThat(vectors[0][0]).isCloseTo((float) (9 / length), within(1e-6f));
        assertThat(vectors[0][1]).isCloseTo((float) (19 / length), within(1e-6f));
        assertThat(vectors[1]).as("zeros stay").containsExactly(0, 0);
    }

    @Test
    void vectors_that_are_projected_already_are_only_normalised() {
        Projection projection =
                new Projection("a model", List.of(new DenseLayer(3, 2, new float[6], NO_BIAS, x -> x, null)), 3);

        assertThat(projection.vectors(1, new float[] {3, 4})[0]).containsExactly(3f / 5, 4f / 5);
    }

    @Test
    void names_what_is_wrong_with_a_layer() throws IOException {
        layer(1, "torch.nn.modules.activation.Mish", false, tensor("linear.weight", 2, 3));
        Path file = directory.resolve("1_Dense/model.safetensors");

        assertThatThrownBy(() -> DenseLayer.load(files(), 1))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s cannot be used: its activation is torch.nn.modules.activation.Mish; Identity, Tanh and ReLU are known",
                        file);

        Files.delete(file);
        assertThatThrownBy(() -> DenseLayer.load(files(), 1))
                .isInstanceOf(LocalModelException.class)
                .hasMessage("no file %s, the weights of %s", file, directory.resolve("1_Dense/config.json"));
    }

    @Test
    void refuses_layers_that_do_not_fit_each_other() throws IOException {
        layer(1, "torch.nn.modules.linear.Identity", false, tensor("linear.weight", 2, 3));
        layer(2, "torch.nn.modules.linear.Identity", false, tensor("linear.weight", 2, 3));

        assertThatThrownBy(() -> Projection.load(files()))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s has an input of 3 numbers; the layer before it has an output of 2",
                        directory.resolve("2_Dense/config.json"));
    }

    private ModelFiles files() {
        return ModelFiles.in(directory);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tensor(String name, int... shape) {

        private int size() {
            return shape.length == 1 ? shape[0] : shape[0] * shape[1];
        }
    }

    /** Numbers that count up from 1. */
    private static Tensor tensor(String name, int... shape) {
        return new Tensor(name, shape);
    }

    /** A layer whose first tensor is its weight. */
    private void layer(int number, String activation, boolean residual, Tensor... tensors) throws IOException {
        StringBuilder header = new StringBuilder();
        ByteBuffer numbers = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : tensors) {
            int from = numbers.position();
            for (int i = 1; i <= tensor.size(); i++) {
                numbers.putFloat(i);
            }
            header.append(header.isEmpty() ? '{' : ',')
                    .append("\"%s\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
                            .formatted(tensor.name, Arrays.toString(tensor.shape), from, numbers.position()));
        }
        byte[] json = header.append('}').toString().getBytes(UTF_8);
        Path layer = Files.createDirectories(directory.resolve(number + "_Dense"));
        Files.write(
                layer.resolve("model.safetensors"),
                ByteBuffer.allocate(Long.BYTES + json.length + numbers.position())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(numbers.array(), 0, numbers.position())
                        .array());
        Files.writeString(
                layer.resolve("config.json"),
                "{\"in_features\": %d, \"out_features\": %d, \"activation_function\": \"%s\", \"use_residual\": %s}"
                        .formatted(tensors[0].shape[1], tensors[0].shape[0], activation, residual));
    }
}
