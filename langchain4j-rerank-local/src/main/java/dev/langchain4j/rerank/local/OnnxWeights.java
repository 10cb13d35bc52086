package dev.langchain4j.rerank.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/**
 * A tensor in an ONNX file (TensorProto of onnx.proto3); its numbers stay in the file.
 *
 * @param name the name that nodes use
 * @param type code of the type of the numbers
 * @param shape sizes of its dimensions; empty for a single number
 * @param bytes the numbers, in the byte order that the format prescribes
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, never compared
record OnnxWeights(String name, int type, long[] shape, ByteBuffer bytes) {

    private static final int FLOAT = 1;
    private static final int UINT8 = 2;
    private static final int INT8 = 3;
    private static final int FLOAT16 = 10;
    private static final int BFLOAT16 = 16;

    /**
     * Reads a tensor, possibly without its numbers.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static OnnxWeights read(ProtobufReader tensor) {
        String name = "";
        int type = 0;
        LongStream shape = LongStream.empty();
        ByteBuffer bytes = ByteBuffer.allocate(0);
        long[] wide = {}; // numbers of narrow types may be stored this way
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> shape = LongStream.concat(shape, LongStream.of(tensor.numbers()));
                case 2 -> type = (int) tensor.number();
                case 4, 9 -> bytes = tensor.content(); // packed floats are stored like raw ones
                case 5 -> wide = tensor.numbers();
                case 8 -> name = tensor.string();
                default -> tensor.skip();
            }
        }
        ByteBuffer numbers = bytes.hasRemaining() ? bytes : narrowed(wide, type);
        return new OnnxWeights(name, type, shape.toArray(), numbers.order(ByteOrder.LITTLE_ENDIAN));
    }

    private static ByteBuffer narrowed(long[] wide, int type) {
        ByteBuffer narrow = ByteBuffer.allocate(wide.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : wide) {
            if (type == UINT8 || type == INT8) {
                narrow.put((byte) number);
            } else {
                narrow.putShort((short) number);
            }
        }
        return narrow.flip();
    }

    /**
     * Returns the number of numbers.
     *
     * @throws IllegalArgumentException if they are of a type that cannot be read
     */
    int count() {
        return bytes.remaining() / width();
    }

    /** Returns one of the numbers. */
    float at(int index) {
        int offset = index * width();
        return switch (type) {
            case FLOAT -> bytes.getFloat(offset);
            case FLOAT16 -> Float16.toFloat(bytes.getShort(offset));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(offset) << Short.SIZE);
            case UINT8 -> Byte.toUnsignedInt(bytes.get(offset));
            default -> bytes.get(offset);
        };
    }

    private int width() {
        return switch (type) {
            case FLOAT -> Float.BYTES;
            case FLOAT16, BFLOAT16 -> Short.BYTES;
            case UINT8, INT8 -> Byte.BYTES;
            default ->
                throw new IllegalArgumentException(
                        "%s is of type %d; float, float16, bfloat16, uint8 and int8 can be read".formatted(name, type));
        };
    }
}
