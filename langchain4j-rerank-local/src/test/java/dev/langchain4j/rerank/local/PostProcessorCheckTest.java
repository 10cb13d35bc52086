package dev.langchain4j.rerank.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PostProcessorCheckTest {

    @ParameterizedTest
    @FieldSource("dev.langchain4j.rerank.local.TestModels#FAMILIES")
    void the_tokenizers_of_all_families_pass(String family) throws IOException {
        byte[] tokenizer = Files.readAllBytes(TestModels.directory(family).resolve(ModelFiles.TOKENIZER));

        assertThatCode(() -> PostProcessorCheck.check(tokenizer)).doesNotThrowAnyException();
    }

    @Test
    void a_token_that_is_not_defined_is_refused() {
        assertThatThrownBy(() -> check("""
                        {"post_processor": {"single": [{"SpecialToken": {"id": "[CLS]"}}], "special_tokens": {"[SEP]": {}}}}
                        """))
                .isInstanceOf(IOException.class)
                .hasMessage("its template for a single has the token [CLS], which it does not define");
    }

    @Test
    void a_second_text_in_the_template_for_one_is_refused() {
        assertThatThrownBy(() -> check("""
                        {"post_processor": {"single": [{"Sequence": {"id": "B"}}], "special_tokens": {}}}
                        """))
                .isInstanceOf(IOException.class)
                .hasMessage("its template for a single has the text B, expected one of A");
    }

    @Test
    void templates_within_a_sequence_of_processors_are_checked() {
        assertThatThrownBy(() -> check("""
                        {"post_processor": {"processors": [{"pair": [{"SpecialToken": {"id": "[X]"}}]}]}}
                        """))
                .isInstanceOf(IOException.class)
                .hasMessage("its template for a pair has the token [X], which it does not define");
    }

    @Test
    void a_damaged_template_is_a_model_that_cannot_be_loaded(@TempDir Path directory) throws IOException {
        Path original = TestModels.directory("bert");
        Files.copy(original.resolve("model.onnx"), directory.resolve("model.onnx"));
        String tokenizer = Files.readString(original.resolve(ModelFiles.TOKENIZER));
        Path damaged = directory.resolve(ModelFiles.TOKENIZER);
        Files.writeString(
                damaged, tokenizer.replace("\"[SEP]\": {", "\"[SEO]\": {").replace("\"[SEP]\":{", "\"[SEO]\":{"));

        assertThatThrownBy(() -> CrossEncoderScoringModel.builder()
                        .modelPath(directory)
                        .maxLength(96)
                        .build())
                .isInstanceOf(LocalModelException.class)
                .hasMessage(damaged + " is not a Hugging Face tokenizer")
                .hasRootCauseMessage("its template for a single has the token [SEP], which it does not define");
    }

    @Test
    void a_text_that_the_vocabulary_cannot_express_is_a_model_error(@TempDir Path directory) throws IOException {
        String tokenizer = Files.readString(TestModels.directory("bert").resolve(ModelFiles.TOKENIZER));
        Files.writeString(
                directory.resolve(ModelFiles.TOKENIZER),
                tokenizer
                        .replace("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"[NONE]\"")
                        .replace("\"unk_token\":\"[UNK]\"", "\"unk_token\":\"[NONE]\""));

        try (PairTokenizer damaged = PairTokenizer.load(ModelFiles.in(directory), 96, 48)) {
            assertThatThrownBy(() -> damaged.query("\u4e2d"))
                    .isInstanceOf(LocalModelException.class)
                    .hasMessageStartingWith("the tokenizer could not tokenise a text: WordPiece error");
        }
    }

    private static void check(String tokenizer) throws IOException {
        PostProcessorCheck.check(tokenizer.getBytes(UTF_8));
    }
}
