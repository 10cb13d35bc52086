package dev.langchain4j.rerank.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * A reader of the fields of one protocol buffer message, in the order of the file
 * (https://protobuf.dev/programming-guides/encoding).
 */
final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    /** The limit of Google's own readers. */
    private static final int MAX_DEPTH = 100;

    private final ByteBuffer bytes;
    private final int depth;
    private int tag;

    ProtobufReader(ByteBuffer bytes) {
        this(bytes, 0);
    }

    private ProtobufReader(ByteBuffer bytes, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("it nests deeper than %d messages".formatted(MAX_DEPTH));
        }
        this.bytes = bytes.slice();
        this.depth = depth;
    }

    /** Moves to the next field; returns false if there is none. */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        tag = (int) varint();
        if (field() == 0) {
            throw new IllegalArgumentException("it is not a protocol buffer");
        }
        return true;
    }

    /** Returns the number of the field. */
    int field() {
        return tag >>> 3;
    }

    ProtobufReader message() {
        return new ProtobufReader(content(), depth + 1);
    }

    String string() {
        return StandardCharsets.UTF_8.decode(content()).toString();
    }

    /** Skips the field. */
    void skip() {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED_64 -> take(Long.BYTES);
            case LENGTH_DELIMITED -> content();
            case FIXED_32 -> take(Integer.BYTES);
            default -> throw new IllegalArgumentException("it is not a protocol buffer");
        }
    }

    /** Returns the value of the field, a number. */
    long number() {
        if ((tag & 7) != VARINT) {
            throw new IllegalArgumentException("it is a protocol buffer, but not an ONNX model");
        }
        return varint();
    }

    /** Returns one number, or several packed ones. */
    long[] numbers() {
        if ((tag & 7) == VARINT) {
            return new long[] {varint()};
        }
        ProtobufReader packed = message();
        LongStream.Builder numbers = LongStream.builder();
        while (packed.bytes.hasRemaining()) {
            numbers.add(packed.varint());
        }
        return numbers.build().toArray();
    }

    /** Returns a view of the content of the field. */
    ByteBuffer content() {
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
