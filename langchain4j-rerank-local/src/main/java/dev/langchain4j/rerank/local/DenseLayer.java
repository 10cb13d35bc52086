package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer that sentence-transformers and PyLate keep beside the network: activation(weight x + bias), and with a
 * residual that plus residual x.
 *
 * @param in size of the input
 * @param out size of the output
 * @param weight one row per number of the output
 * @param residual like weight; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
record DenseLayer(
        int in, int out, float[] weight, float[] bias, DoubleUnaryOperator activation, float @Nullable [] residual) {

    static String config(int number) {
        return number + "_Dense/config.json";
    }

    static String weights(int number) {
        return number + "_Dense/model.safetensors";
    }

    /**
     * Reads the layer with a number, which the model has.
     *
     * @throws LocalModelException if a file is missing, damaged or of another kind
     */
    static DenseLayer load(ModelFiles files, int number) {
        JsonNode config = files.json(config(number));
        String file = files.locate(weights(number));
        if (!files.has(weights(number))) {
            throw new LocalModelException(
                    "no file %s, the weights of %s".formatted(file, files.locate(config(number))));
        }
        try {
            return of(config, Safetensors.read(files.read(weights(number))));
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new LocalModelException("%s could not be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static DenseLayer of(JsonNode config, Safetensors weights) {
        int in = config.path("in_features").asInt();
        int out = config.path("out_features").asInt();
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException("its config has %d in_features and %d out_features".formatted(in, out));
        }
        return new DenseLayer(
                in,
                out,
                weights.floats("linear.weight", out, in),
                weights.has("linear.bias") ? weights.floats("linear.bias", out) : new float[out],
                activation(config.path("activation_function").asText("")),
                config.path("use_residual").asBoolean(false) ? residual(in, out, weights) : null);
    }

    private static DoubleUnaryOperator activation(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "", "Identity" -> x -> x;
            case "Tanh" -> Math::tanh;
            case "ReLU" -> x -> Math.max(0, x);
            default ->
                throw new IllegalArgumentException(
                        "its activation is %s; Identity, Tanh and ReLU are known".formatted(name));
        };
    }

    /** If output and input have the same size, the residual is the input itself. */
    private static float[] residual(int in, int out, Safetensors weights) {
        if (in != out) {
            return weights.floats("residual.weight", out, in);
        }
        float[] identity = new float[in * in];
        for (int i = 0; i < in; i++) {
            identity[i * in + i] = 1;
        }
        return identity;
    }

    float[] apply(float[] vector) {
        float[] projected = new float[out];
        for (int row = 0; row < out; row++) {
            projected[row] = (float) activation.applyAsDouble(bias[row] + dot(weight, row, vector));
            if (residual != null) {
                projected[row] += dot(residual, row, vector);
            }
        }
        return projected;
    }

    private static float dot(float[] matrix, int row, float[] vector) {
        float dot = 0;
        for (int i = 0; i < vector.length; i++) {
            dot += matrix[row * vector.length + i] * vector[i];
        }
        return dot;
    }
}
