package dev.langchain4j.rerank.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A file of tensors by name: eight bytes with the length of a JSON header, the header, the numbers
 * (https://huggingface.co/docs/safetensors, "Format").
 */
final class Safetensors {

    private final JsonNode header;
    private final ByteBuffer numbers;

    private Safetensors(JsonNode header, ByteBuffer numbers) {
        this.header = header;
        this.numbers = numbers;
    }

    /**
     * Reads the header.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Safetensors read(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = file.length < Long.BYTES ? -1 : bytes.getLong();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("it ends early");
        }
        try {
            JsonNode header = ModelFiles.JSON.readTree(file, Long.BYTES, (int) length);
            bytes.position(Long.BYTES + (int) length);
            return new Safetensors(header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new IllegalArgumentException("its header is not JSON", e);
        }
    }

    boolean has(String name) {
        return header.has(name);
    }

    /**
     * Returns the numbers of a tensor, row by row.
     *
     * @throws IllegalArgumentException if it is missing or has another shape
     */
    float[] floats(String name, int... shape) {
        JsonNode tensor = header.path(name);
        int[] actual = new int[tensor.path("shape").size()];
        Arrays.setAll(actual, i -> tensor.path("shape").path(i).asInt());
        if (!tensor.isObject() || !Arrays.equals(actual, shape)) {
            throw new IllegalArgumentException("it has no tensor %s of the shape %s, but %s"
                    .formatted(name, Arrays.toString(shape), tensor.isObject() ? Arrays.toString(actual) : "none"));
        }
        long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = bytes(tensor.path("data_offsets"));
        String type = tensor.path("dtype").asText();
        return switch (type) {
            case "F32" -> floats(name, bytes, count, Float.BYTES, bytes::getFloat);
            case "F16" -> floats(name, bytes, count, Short.BYTES, at -> Float16.toFloat(bytes.getShort(at)));
            case "BF16" ->
                floats(name, bytes, count, Short.BYTES, at -> Float.intBitsToFloat(bytes.getShort(at) << Short.SIZE));
            default ->
                throw new IllegalArgumentException(
                        "its tensor %s is of %s; F32, F16 and BF16 can be read".formatted(name, type));
        };
    }

    private ByteBuffer bytes(JsonNode offsets) {
        int start = offsets.path(0).asInt(-1);
        int end = offsets.path(1).asInt(-1);
        if (start < 0 || end < start || end > numbers.remaining()) {
            throw new IllegalArgumentException("it ends early");
        }
        return numbers.slice(start, end - start).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(String name, ByteBuffer bytes, long count, int size, FloatAt number) {
        if (bytes.remaining() % size != 0 || bytes.remaining() / size != count) {
            throw new IllegalArgumentException("its tensor %s has %d bytes, expected %d numbers of %d"
                    .formatted(name, bytes.remaining(), count, size));
        }
        float[] floats = new float[bytes.remaining() / size];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = number.at(i * size);
        }
        return floats;
    }

    private interface FloatAt {
        float at(int offset);
    }
}
