package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The input vectors of a model's tokens, before the model reads them in context: the rows of the matrix that its graph
 * gathers by {@code input_ids}. They stay in the file; a row is decoded on demand. Thread-safe.
 */
final class TokenEmbeddings {

    private final OnnxWeights matrix;
    private final float zero;
    private final int size;

    /**
     * Creates the vectors.
     *
     * @param zero the value that represents 0 in the matrix
     */
    private TokenEmbeddings(OnnxWeights matrix, float zero) {
        if (matrix.shape().length != 2 || matrix.shape()[0] * matrix.shape()[1] != matrix.count()) {
            throw new IllegalArgumentException("%s is no whole matrix".formatted(matrix.name()));
        }
        this.matrix = matrix;
        this.zero = zero;
        this.size = (int) matrix.shape()[1];
    }

    /**
     * Reads them from {@code model.onnx}.
     *
     * @throws InvalidOptionException if there is no such file, or if it has no vectors that can be read
     */
    static TokenEmbeddings load(ModelFiles files) {
        String file = files.locate(ModelFiles.ONNX);
        if (!files.has(ModelFiles.ONNX)) {
            throw new InvalidOptionException(
                    "earlyExit",
                    "earlyExit reads the token vectors of an ONNX model, and there is no file %s: leave the option out"
                            .formatted(file));
        }
        try {
            return read(OnnxRuntimeBackend.content(files));
        } catch (IllegalArgumentException | IOException e) {
            throw new InvalidOptionException(
                    "earlyExit",
                    "earlyExit cannot read the token vectors of %s (%s): leave the option out"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /**
     * Reads them from the content of the file.
     *
     * @throws IllegalArgumentException if it has no vectors that can be read
     */
    static TokenEmbeddings read(ByteBuffer file) {
        Graph graph = Graph.read(file);
        Node gather = graph.node("Gather", node -> node.input(1).equals("input_ids"));
        if (gather == null) {
            throw new IllegalArgumentException("no node gathers them by input_ids");
        }
        // of a quantised model: whether all rows are dequantised or only the gathered ones
        Node all = graph.node("DequantizeLinear", node -> node.output().equals(gather.input(0)));
        Node gathered = graph.node("DequantizeLinear", node -> node.input(0).equals(gather.output()));
        OnnxWeights matrix = graph.weights(all == null ? gather.input(0) : all.input(0));
        Node quantised = all == null ? gathered : all;
        return new TokenEmbeddings(matrix, quantised == null ? 0 : graph.zero(quantised));
    }

    /**
     * Returns the vector of a token, of length 1; a vector of zeros stays one.
     *
     * @throws LocalModelException if there is no such token
     */
    float[] direction(int token) {
        if (token < 0 || token >= matrix.shape()[0]) {
            throw new LocalModelException(
                    "the model has no vector for token %d of its tokenizer: the files".formatted(token)
                            + " are not of one model");
        }
        float[] row = new float[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            row[i] = matrix.at(token * size + i) - zero;
            squares += row[i] * row[i];
        }
        if (squares > 0) {
            float length = (float) Math.sqrt(squares);
            for (int i = 0; i < size; i++) {
                row[i] /= length;
            }
        }
        return row;
    }

    /** The parts of the file that are needed. */
    private record Graph(List<Node> nodes, Map<String, OnnxWeights> weights) {

        static Graph read(ByteBuffer file) {
            Graph read = new Graph(new ArrayList<>(), new HashMap<>());
            ProtobufReader model = new ProtobufReader(file);
            while (model.next()) {
                if (model.field() == 7) {
                    read.add(model.message());
                } else {
                    model.skip();
                }
            }
            return read;
        }

        private void add(ProtobufReader graph) {
            while (graph.next()) {
                switch (graph.field()) {
                    case 1 -> nodes.add(Node.read(graph.message()));
                    case 5 -> {
                        OnnxWeights tensor = OnnxWeights.read(graph.message());
                        weights.put(tensor.name(), tensor);
                    }
                    default -> graph.skip();
                }
            }
        }

        @Nullable
        Node node(String operator, Predicate<Node> which) {
            return nodes.stream()
                    .filter(node -> node.operator.equals(operator))
                    .filter(which)
                    .findFirst()
                    .orElse(null);
        }

        OnnxWeights weights(String name) {
            OnnxWeights found = weights.get(name);
            if (found == null) {
                throw new IllegalArgumentException("%s is computed, not stored".formatted(name));
            }
            return found;
        }

        /** Returns the zero point; without one, 0 itself. */
        float zero(Node quantised) {
            String name = quantised.input(2);
            if (name.isEmpty()) {
                return 0;
            }
            OnnxWeights zero = weights(name);
            if (zero.count() != 1) {
                throw new IllegalArgumentException(
                        "%s holds %d numbers, expected one for all tokens".formatted(name, zero.count()));
            }
            return zero.at(0);
        }
    }

    private record Node(String operator, List<String> inputs, String output) {

        static Node read(ProtobufReader node) {
            String operator = "";
            List<String> inputs = new ArrayList<>();
            String output = "";
            while (node.next()) {
                switch (node.field()) {
                    case 1 -> inputs.add(node.string());
                    case 2 -> output = node.string();
                    case 4 -> operator = node.string();
                    default -> node.skip();
                }
            }
            return new Node(operator, inputs, output);
        }

        /** Returns the name; empty if there is none. */
        String input(int number) {
            return number < inputs.size() ? inputs.get(number) : "";
        }
    }
}
