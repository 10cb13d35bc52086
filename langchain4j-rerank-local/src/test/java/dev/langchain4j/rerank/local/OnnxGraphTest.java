package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {

    @Test
    void finds_the_operators_of_a_float_model() throws IOException {
        OnnxGraph graph = OnnxGraph.read(model("bert"));

        assertThat(graph.operators()).contains("MatMul", "Softmax", "Gather");
        assertThat(graph.quantizesDynamically()).isFalse();
        assertThat(graph.externalFiles()).isEmpty();
    }

    @Test
    void tells_a_model_that_quantizes_while_it_runs() throws IOException {
        OnnxGraph graph = OnnxGraph.read(model("bert-int8"));

        assertThat(graph.operators()).contains("DynamicQuantizeLinear", "MatMulInteger");
        assertThat(graph.quantizesDynamically()).isTrue();
    }

    @Test
    void looks_into_branches() {
        // graph { node { attribute { g { node { op_type: "DynamicQuantizeLinear" } } } } }
        ByteBuffer model = field(7, field(1, field(5, field(6, field(1, field(4, "DynamicQuantizeLinear"))))));

        assertThat(OnnxGraph.read(model).quantizesDynamically()).isTrue();
    }

    @Test
    void looks_into_functions() {
        // functions { node { op_type: "DynamicQuantizeMatMul" } }
        ByteBuffer model = field(25, field(7, field(4, "DynamicQuantizeMatMul")));

        assertThat(OnnxGraph.read(model).quantizesDynamically()).isTrue();
    }

    @Test
    void finds_weights_outside_the_file() {
        // graph { node { op_type: "Add" } initializer { external_data { key: "location" value: "../weights.bin" } } }
        ByteBuffer location = both(field(1, "location"), field(2, "../weights.bin"));
        ByteBuffer length = both(field(1, "length"), field(2, "4096"));
        ByteBuffer tensor = both(field(13, location), field(13, length));
        ByteBuffer model = field(7, both(field(1, field(4, "Add")), field(5, tensor)));

        assertThat(OnnxGraph.read(model).externalFiles()).containsExactly("../weights.bin");
    }

    @Test
    void refuses_what_is_no_model() {
        assertRefused("<!doctype html>");
        assertRefused("");
        assertRefused("PK\u0003\u0004");
        assertRefused("version https://git-lfs.github.com/spec/v1\noid sha256:1225");
    }

    @Test
    void refuses_any_beginning_of_a_model() throws IOException {
        byte[] model = model("bert").array();
        long seed = System.nanoTime();
        // its last bytes are the versions of operator sets, which it can do without
        new Random(seed)
                .ints(50, 0, model.length - 100)
                .forEach(length -> assertThatThrownBy(
                                () -> OnnxGraph.read(ByteBuffer.wrap(Arrays.copyOf(model, length))))
                        .as("seed %d, length %d", seed, length)
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void refuses_a_model_that_nests_without_end() {
        ByteBuffer nested = ByteBuffer.allocate(0);
        for (int depth = 0; depth < 40; depth++) {
            nested = field(6, field(1, field(5, nested)));
        }
        ByteBuffer model = field(7, field(1, field(5, nested)));

        assertThatThrownBy(() -> OnnxGraph.read(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it nests deeper than 100 messages");
    }

    @Test
    void answers_or_refuses_whatever_bytes_have_changed() throws IOException {
        byte[] model = model("bert").array();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] changed = model.clone();
            changed[random.nextInt(2_000)] = (byte) random.nextInt();
            try {
                assertThat(OnnxGraph.read(ByteBuffer.wrap(changed)).operators()).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d, round %d", seed, round).hasMessageStartingWith("it ");
            }
        }
    }

    private static void assertRefused(String content) {
        assertThatThrownBy(() -> OnnxGraph.read(utf8(content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it ");
    }

    private static ByteBuffer model(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(TestModels.directory(name).resolve("model.onnx")));
    }

    /** A length-delimited field; tag and length as numbers of two bytes, whether they need them or not. */
    static ByteBuffer field(int number, ByteBuffer content) {
        ByteBuffer field = ByteBuffer.allocate(content.remaining() + 4);
        putTwoByteNumber(field, (number << 3) | 2);
        putTwoByteNumber(field, content.remaining());
        return field.put(content.duplicate()).flip();
    }

    private static void putTwoByteNumber(ByteBuffer to, int number) {
        to.put((byte) ((number & 0x7F) | 0x80)).put((byte) (number >>> 7));
    }

    static ByteBuffer field(int number, String content) {
        return field(number, utf8(content));
    }

    static ByteBuffer both(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first.duplicate())
                .put(second.duplicate())
                .flip();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
