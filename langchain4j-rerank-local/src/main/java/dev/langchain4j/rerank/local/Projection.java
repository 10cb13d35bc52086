package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The projection of a network's vectors to the vectors that are compared: through the dense layers of the model, unless
 * the network already includes them.
 *
 * @param model its name, for messages
 * @param layers may be empty
 * @param hiddenSize size of the vectors of the encoder inside the network; 0 if the model does not declare it
 */
record Projection(String model, List<DenseLayer> layers, int hiddenSize) {

    /** A limit that no model reaches. */
    private static final int MAX_LAYERS = 4;

    static Projection load(ModelFiles files) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int number = 1; files.has(DenseLayer.config(number)); number++) {
            DenseLayer layer = DenseLayer.load(files, number);
            if (number > 1 && layers.get(number - 2).out() != layer.in()) {
                throw new LocalModelException("%s has an input of %d numbers; the layer before it has an output of %d"
                        .formatted(
                                files.locate(DenseLayer.config(number)),
                                layer.in(),
                                layers.get(number - 2).out()));
            }
            layers.add(layer);
        }
        return new Projection(
                files.toString(), List.copyOf(layers), ModelConfig.load(files).hiddenSize());
    }

    /** Returns the names of the files of the layers. */
    static Stream<String> files() {
        return Stream.iterate(1, number -> number <= MAX_LAYERS, number -> number + 1)
                .flatMap(number -> Stream.of(DenseLayer.config(number), DenseLayer.weights(number)));
    }

    /**
     * Returns the vectors of a text, of length 1.
     *
     * @param tokens the tokens of the vectors
     * @param numbers one vector after the other
     * @throws LocalModelException if their size is neither the input nor the output size of the layers
     */
    float[][] vectors(int tokens, float[] numbers) {
        int width = numbers.length / tokens;
        boolean projects = projects(width);
        float[][] vectors = new float[tokens][];
        for (int token = 0; token < tokens; token++) {
            float[] vector = new float[width];
            System.arraycopy(numbers, token * width, vector, 0, width);
            vectors[token] = normalized(projects ? projected(vector) : vector);
        }
        return vectors;
    }

    private boolean projects(int width) {
        if (layers.isEmpty()) {
            if (width == hiddenSize) {
                throw new LocalModelException(
                        ("%s returns the %d numbers per token of its encoder, and there is no %s: the projection of a"
                                        + " late-interaction model is missing")
                                .formatted(model, width, DenseLayer.weights(1)));
            }
            return false;
        }
        int in = layers.get(0).in();
        int out = layers.get(layers.size() - 1).out();
        if (width != in && width != out) {
            throw new LocalModelException(
                    "%s returns %d numbers per token; its dense layers have an output of %d and an input of %d"
                            .formatted(model, width, out, in));
        }
        return width == in;
    }

    private float[] projected(float[] vector) {
        float[] projected = vector;
        for (DenseLayer layer : layers) {
            projected = layer.apply(projected);
        }
        return projected;
    }

    /** Normalises like torch.nn.functional.normalize, so that a vector of zeros stays one. */
    private static float[] normalized(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        float length = (float) Math.max(Math.sqrt(squares), 1e-12);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
