package dev.langchain4j.rerank.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @Test
    void reads_floats_by_name_and_shape() {
        ByteBuffer numbers = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : new float[] {1, -2, 0.5f, 3e38f, 0, Float.MIN_VALUE}) {
            numbers.putFloat(number);
        }
        Safetensors file = Safetensors.read(file("""
                {"__metadata__": {"format": "pt"},
                 "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
                 "b": {"dtype": "F32", "shape": [2], "data_offsets": [16, 24]}}""", numbers.array()));

        assertThat(file.floats("a", 2, 2)).containsExactly(1, -2, 0.5f, 3e38f);
        assertThat(file.floats("b", 2)).containsExactly(0, Float.MIN_VALUE);
        assertThat(file.has("a")).isTrue();
        assertThat(file.has("c")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x3C00, 1",
        "0xC000, -2",
        "0x7BFF, 65504",
        "0x0400, 6.103515625E-5", // 2^-14, the smallest that is normal
        "0x0001, 5.9604644775390625E-8", // 2^-24, the smallest
        "0x8000, -0.0",
        "0x7C00, Infinity",
        "0xFC00, -Infinity",
        "0x7E00, NaN"
    })
    void reads_half_precision(int bits, Float expected) {
        assertThat(Float.valueOf(single("F16", bits))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0x3F80, 1", "0xC000, -2", "0x7F80, Infinity"})
    void reads_brain_floats(int bits, float expected) {
        assertThat(single("BF16", bits)).isEqualTo(expected);
    }

    @Test
    void refuses_what_it_cannot_read() {
        String one = "{\"a\": {\"dtype\": \"%s\", \"shape\": [1], \"data_offsets\": [0, %d]}}";

        assertRefused(new byte[3], "it ends early");
        assertRefused(file("{}", new byte[0]), "it has no tensor a of the shape [1], but none");
        assertRefused(file("{\"a\"", new byte[0]), "its header is not JSON");
        assertRefused(file(one.formatted("F32", 8), new byte[4]), "it ends early");
        assertRefused(file(one.formatted("F32", 2), new byte[4]), "its tensor a has 2 bytes, expected 1 numbers of 4");
        assertRefused(
                file(one.formatted("I8", 1), new byte[1]), "its tensor a is of I8; F32, F16 and BF16 can be read");
        assertThatThrownBy(() -> Safetensors.read(file(one.formatted("F32", 4), new byte[4]))
                        .floats("a", 2))
                .hasMessage("it has no tensor a of the shape [2], but [1]");
    }

    @Test
    void a_damaged_file_is_read_or_refused_and_nothing_else() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] file = file("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}", new byte[4]);
            file[random.nextInt(file.length)] = (byte) random.nextInt();
            try {
                assertThat(Safetensors.read(file).floats("a", 1)).hasSize(1);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith("it");
            }
        }
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> Safetensors.read(file).floats("a", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static float single(String type, int bits) {
        byte[] number = {(byte) bits, (byte) (bits >> Byte.SIZE)};
        String header = "{\"a\": {\"dtype\": \"%s\", \"shape\": [1], \"data_offsets\": [0, 2]}}".formatted(type);
        return Safetensors.read(file(header, number)).floats("a", 1)[0];
    }

    private static byte[] file(String header, byte[] numbers) {
        byte[] json = header.getBytes(UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(numbers)
                .array();
    }
}
