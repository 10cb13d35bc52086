package dev.langchain4j.rerank.local;

import static dev.langchain4j.rerank.local.OnnxGraphTest.both;
import static dev.langchain4j.rerank.local.OnnxGraphTest.field;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph may read, and where its weights may be. */
class OnnxFileTest {

    @TempDir
    Path directory;

    @BeforeEach
    void copyTokenizer() throws IOException {
        Files.copy(TestModels.directory("bert").resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
    }

    @Test
    void weights_may_lie_beside_the_graph() {
        try (CrossEncoderScoringModel beside =
                        TestModels.builder("bert-weights-beside").build();
                CrossEncoderScoringModel within = TestModels.builder("bert").build()) {
            assertThat(beside.score("a passage", "a query").content())
                    .isEqualTo(within.score("a passage", "a query").content());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../weights.bin", "/etc/hostname", "weights/../../weights.bin"})
    void refuses_weights_elsewhere(String location) throws IOException {
        // graph { initializer { external_data { key: "location" value: ... } } }, which is read as one with the graph
        ByteBuffer entry = both(field(1, "location"), field(2, location));
        ByteBuffer more = field(7, field(5, field(13, entry)));
        write(both(ByteBuffer.wrap(bert()), more));

        assertThatThrownBy(this::build)
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s keeps weights in %s, which is not beside it", directory.resolve("model.onnx"), location);
    }

    @Test
    void refuses_a_graph_that_reads_something_else() throws IOException {
        String renamed = new String(bert(), StandardCharsets.ISO_8859_1).replace("input_ids", "pixel_map");
        write(ByteBuffer.wrap(renamed.getBytes(StandardCharsets.ISO_8859_1)));

        assertThatThrownBy(this::build)
                .isInstanceOf(LocalModelException.class)
                .hasMessageStartingWith(directory.resolve("model.onnx") + " reads [")
                .hasMessageContaining("pixel_map")
                .hasMessageContaining("; a reranker reads input_ids and may read attention_mask, token_type_ids, ");
    }

    private static byte[] bert() throws IOException {
        return Files.readAllBytes(TestModels.directory("bert").resolve("model.onnx"));
    }

    private void write(ByteBuffer model) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(directory.resolve("model.onnx"), CREATE_NEW, WRITE)) {
            file.write(model);
        }
    }

    private CrossEncoderScoringModel build() {
        return CrossEncoderScoringModel.builder().modelPath(directory).build();
    }
}
