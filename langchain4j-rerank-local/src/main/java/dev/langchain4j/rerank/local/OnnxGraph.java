package dev.langchain4j.rerank.local;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The parts of an ONNX file that must be known before an engine loads it: its operators and the files beside it that
 * contain weights. Reads the structure only (onnx.proto3 of ONNX 1.17) and skips the weights.
 *
 * @param operators operator types, those of subgraphs and functions included
 * @param externalFiles locations of weights outside the file, as named in it
 */
record OnnxGraph(Set<String> operators, Set<String> externalFiles) {

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it is not an ONNX model
     */
    static OnnxGraph read(ByteBuffer file) {
        OnnxGraph graph = new OnnxGraph(new HashSet<>(), new HashSet<>());
        graph.readModel(new ProtobufReader(file));
        if (graph.operators.isEmpty()) {
            throw new IllegalArgumentException("it has no operators");
        }
        return graph;
    }

    /** Whether activations are quantised with a scale taken from the whole batch, so that neighbours change scores. */
    boolean quantizesDynamically() {
        return operators.stream().anyMatch(operator -> operator.startsWith("DynamicQuantize"));
    }

    private void readModel(ProtobufReader model) {
        while (model.next()) {
            switch (model.field()) {
                case 7 -> readGraph(model.message());
                case 25 -> readFunction(model.message());
                default -> model.skip();
            }
        }
    }

    private void readGraph(ProtobufReader graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> readNode(graph.message());
                case 5 -> readTensor(graph.message());
                default -> graph.skip();
            }
        }
    }

    private void readFunction(ProtobufReader function) {
        while (function.next()) {
            if (function.field() == 7) {
                readNode(function.message());
            } else {
                function.skip();
            }
        }
    }

    private void readNode(ProtobufReader node) {
        while (node.next()) {
            switch (node.field()) {
                case 4 -> operators.add(node.string());
                case 5 -> readAttribute(node.message());
                default -> node.skip();
            }
        }
    }

    private void readAttribute(ProtobufReader attribute) {
        while (attribute.next()) {
            switch (attribute.field()) {
                case 5, 10 -> readTensor(attribute.message());
                case 6, 11 -> readGraph(attribute.message());
                default -> attribute.skip();
            }
        }
    }

    private void readTensor(ProtobufReader tensor) {
        while (tensor.next()) {
            if (tensor.field() == 13) {
                readExternalData(tensor.message());
            } else {
                tensor.skip();
            }
        }
    }

    private void readExternalData(ProtobufReader entry) {
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.string();
                case 2 -> value = entry.string();
                default -> entry.skip();
            }
        }
        if (key.equals("location")) {
            externalFiles.add(value);
        }
    }
}
