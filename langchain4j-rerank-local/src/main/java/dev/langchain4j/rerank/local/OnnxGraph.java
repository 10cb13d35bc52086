package dev.langchain4j.rerank.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * What has to be known of an ONNX file before an engine gets it: which operators it uses and which files beside it hold
 * weights. Reads the protocol buffer's frame only (https://protobuf.dev/programming-guides/encoding, onnx.proto3 of
 * ONNX 1.17) and steps over the weights.
 *
 * @param operators operator types, those of subgraphs and functions included
 * @param externalFiles locations of weights outside the file, as it names them
 */
record OnnxGraph(Set<String> operators, Set<String> externalFiles) {

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it is not an ONNX model
     */
    static OnnxGraph read(ByteBuffer file) {
        OnnxGraph graph = new OnnxGraph(new HashSet<>(), new HashSet<>());
        graph.readModel(new Message(file, 0));
        if (graph.operators.isEmpty()) {
            throw new IllegalArgumentException("it has no operators");
        }
        return graph;
    }

    /** Whether activations are quantised with a scale taken from the whole batch, so that neighbours change scores. */
    boolean quantizesDynamically() {
        return operators.stream().anyMatch(operator -> operator.startsWith("DynamicQuantize"));
    }

    private void readModel(Message model) {
        while (model.next()) {
            switch (model.field()) {
                case 7 -> readGraph(model.message());
                case 25 -> readFunction(model.message());
                default -> model.skip();
            }
        }
    }

    private void readGraph(Message graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> readNode(graph.message());
                case 5 -> readTensor(graph.message());
                default -> graph.skip();
            }
        }
    }

    private void readFunction(Message function) {
        while (function.next()) {
            if (function.field() == 7) {
                readNode(function.message());
            } else {
                function.skip();
            }
        }
    }

    private void readNode(Message node) {
        while (node.next()) {
            switch (node.field()) {
                case 4 -> operators.add(node.string());
                case 5 -> readAttribute(node.message());
                default -> node.skip();
            }
        }
    }

    private void readAttribute(Message attribute) {
        while (attribute.next()) {
            switch (attribute.field()) {
                case 5, 10 -> readTensor(attribute.message());
                case 6, 11 -> readGraph(attribute.message());
                default -> attribute.skip();
            }
        }
    }

    private void readTensor(Message tensor) {
        while (tensor.next()) {
            if (tensor.field() == 13) {
                readExternalData(tensor.message());
            } else {
                tensor.skip();
            }
        }
    }

    private void readExternalData(Message entry) {
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

    /** The fields of one message, in the order of the file. */
    private static final class Message {

        private static final int VARINT = 0;
        private static final int FIXED_64 = 1;
        private static final int LENGTH_DELIMITED = 2;
        private static final int FIXED_32 = 5;

        /** That of Google's own readers. */
        private static final int MAX_DEPTH = 100;

        private final ByteBuffer bytes;
        private final int depth;
        private int tag;

        private Message(ByteBuffer bytes, int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("it nests deeper than %d messages".formatted(MAX_DEPTH));
            }
            this.bytes = bytes.slice();
            this.depth = depth;
        }

        private boolean next() {
            if (!bytes.hasRemaining()) {
                return false;
            }
            tag = (int) varint();
            if (field() == 0) {
                throw new IllegalArgumentException("it is not a protocol buffer");
            }
            return true;
        }

        private int field() {
            return tag >>> 3;
        }

        private Message message() {
            return new Message(content(), depth + 1);
        }

        private String string() {
            return StandardCharsets.UTF_8.decode(content()).toString();
        }

        private void skip() {
            switch (tag & 7) {
                case VARINT -> varint();
                case FIXED_64 -> take(Long.BYTES);
                case LENGTH_DELIMITED -> content();
                case FIXED_32 -> take(Integer.BYTES);
                default -> throw new IllegalArgumentException("it is not a protocol buffer");
            }
        }

        private ByteBuffer content() {
            if ((tag & 7) != LENGTH_DELIMITED) {
                throw new IllegalArgumentException("it is a protocol buffer, but not an ONNX model");
            }
            return take(varint());
        }

        private ByteBuffer take(long length) {
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("it ends early");
            }
            ByteBuffer part = bytes.slice(bytes.position(), (int) length);
            bytes.position(bytes.position() + (int) length);
            return part;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (!bytes.hasRemaining()) {
                    throw new IllegalArgumentException("it ends early");
                }
                byte part = bytes.get();
                value |= (long) (part & 0x7F) << shift;
                if (part >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("it is not a protocol buffer");
        }
    }
}
