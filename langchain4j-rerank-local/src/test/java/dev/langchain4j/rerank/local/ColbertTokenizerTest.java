package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColbertTokenizerTest {

    private static final ModelFiles FILES = ModelFiles.in(TestModels.directory("colbert"));

    private static final int CLS = 2;
    private static final int SEP = 3;
    private static final int MASK = 4;
    private static final int QUERY_MARKER = 320;
    private static final int DOCUMENT_MARKER = 321;

    private final ColbertConfig config =
            ColbertConfig.load(FILES).withQueryLength(6).withDocumentLength(5);

    @Test
    void a_query_has_its_marker_second_and_is_filled_up_with_masks() {
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, config)) {
            TokenSequence query = tokenizer.query("a");

            assertThat(query.tokenIds())
                    .hasSize(6)
                    .startsWith(CLS, QUERY_MARKER)
                    .endsWith(SEP, MASK, MASK);
            assertThat(query.attended()).as("not the masks").isEqualTo(4);
            assertThat(query.truncated()).isFalse();
        }
    }

    @Test
    void a_query_attends_to_its_masks_where_the_model_says_so() {
        ColbertConfig attending = new ColbertConfig("[Q] ", "[D] ", 6, 5, true, true, List.of());
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, attending)) {
            assertThat(tokenizer.query("a").attended()).isEqualTo(6);
        }
    }

    @Test
    void a_query_is_not_filled_up_where_the_model_says_so() {
        ColbertConfig plain = new ColbertConfig("[Q] ", "[D] ", 6, 5, false, true, List.of());
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, plain)) {
            assertThat(tokenizer.query("a").length()).isEqualTo(4);
            assertThat(tokenizer.query("a").attended()).isEqualTo(4);
        }
    }

    @Test
    void a_document_is_cut_and_keeps_its_last_special_token() {
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, config)) {
            TokenSequence document = tokenizer.document("a a a a");

            assertThat(document.tokenIds())
                    .hasSize(5)
                    .startsWith(CLS, DOCUMENT_MARKER)
                    .endsWith(SEP);
            assertThat(document.truncated()).isTrue();
        }
    }

    @Test
    void a_model_may_have_no_markers() {
        ColbertConfig unmarked = new ColbertConfig("", "", 6, 5, true, false, List.of());
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, unmarked)) {
            assertThat(tokenizer.document("a").tokenIds()).startsWith(CLS).hasSize(3);
        }
    }

    @Test
    void a_word_to_skip_that_is_no_token_stands_for_all_unknown_ones() {
        int unknown = 1;
        ColbertConfig skipping = new ColbertConfig("[Q] ", "[D] ", 6, 5, true, false, List.of("?", "no such token"));
        try (ColbertTokenizer tokenizer = ColbertTokenizer.load(FILES, skipping)) {
            assertThat(tokenizer.compared(unknown)).isFalse();
            assertThat(tokenizer.compared(tokenizer.document("?").tokenIds()[2]))
                    .isFalse();
            assertThat(tokenizer.compared(tokenizer.document("a").tokenIds()[2]))
                    .isTrue();
        }
    }

    @Test
    void reads_what_stanford_writes(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("artifact.metadata"),
                "{\"query_maxlen\": 16, \"doc_maxlen\": 300, \"attend_to_mask_tokens\": true}");

        ColbertConfig read = ColbertConfig.load(ModelFiles.in(directory));

        assertThat(read.queryMarker()).isEqualTo("[unused0]");
        assertThat(read.documentMarker()).isEqualTo("[unused1]");
        assertThat(read.queryLength()).isEqualTo(16);
        assertThat(read.documentLength()).isEqualTo(300);
        assertThat(read.attendsToExpansion()).isTrue();
        assertThat(read.skippedWords()).hasSize(32).contains("!", "~", "\\");
    }

    @Test
    void has_the_defaults_of_pylate(@TempDir Path directory) {
        ColbertConfig defaults = ColbertConfig.load(ModelFiles.in(directory));

        assertThat(defaults)
                .isEqualTo(new ColbertConfig("[Q] ", "[D] ", 32, 180, true, false, defaults.skippedWords()));
    }

    @Test
    void needs_a_token_to_fill_queries_up_with(@TempDir Path directory) throws IOException {
        Files.copy(TestModels.directory("colbert").resolve("tokenizer.json"), directory.resolve("tokenizer.json"));

        assertThatThrownBy(() -> ColbertTokenizer.load(ModelFiles.in(directory), config))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s is not the tokenizer of a late-interaction model: it has no token to fill queries up with: neither tokenizer_config.json nor special_tokens_map.json names a mask_token",
                        directory.resolve("tokenizer.json"));
    }
}
