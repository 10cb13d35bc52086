package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairTokenizerTest {

    private static final int CLS = 2;
    private static final int SEP = 3;
    private static final int MAX_LENGTH = 20;
    private static final int QUERY_MAX_LENGTH = 8;

    @Test
    void cuts_the_passage_to_what_the_query_leaves() {
        TokenSequence pair = pair("a a a", "a ".repeat(50));

        assertThat(pair.length()).isEqualTo(MAX_LENGTH);
        assertThat(pair.truncated()).isTrue();
        assertThat(queryLength(pair)).isEqualTo(3);
    }

    @Test
    void cuts_a_query_over_its_own_limit() {
        TokenSequence pair = pair("a ".repeat(50), "a a");

        assertThat(queryLength(pair)).isEqualTo(QUERY_MAX_LENGTH);
        assertThat(pair.length()).isEqualTo(QUERY_MAX_LENGTH + 2 + 3);
        assertThat(pair.truncated()).isTrue();
    }

    @Test
    void cuts_nothing_that_just_fits() {
        TokenSequence pair = pair("a ".repeat(QUERY_MAX_LENGTH), "a ".repeat(MAX_LENGTH - QUERY_MAX_LENGTH - 3));

        assertThat(pair.length()).isEqualTo(MAX_LENGTH);
        assertThat(pair.truncated()).isFalse();
    }

    @Test
    void does_not_look_at_what_lies_far_behind_the_window() {
        String passage = "a " + " ".repeat(10_000_000) + "a";

        TokenSequence pair = pair("a", passage);

        assertThat(pair.length()).isEqualTo(1 + 1 + 3);
        assertThat(pair.truncated()).isTrue();
    }

    @Test
    void reads_lone_surrogates_as_the_replacement_character() {
        assertThat(pair("a\uD83D", "\uDE00 a \uD83D\uDE00").tokenIds())
                .isEqualTo(pair("a\uFFFD", "\uFFFD a \uD83D\uDE00").tokenIds());
    }

    @Test
    void joins_a_text_without_tokens() {
        assertThat(pair("a", "\u0007").length()).isEqualTo(1 + 3);
    }

    @Test
    void refuses_a_query_length_that_leaves_no_room_for_a_passage() {
        assertThatThrownBy(() -> tokenizer(20, 17).close())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(
                        "queryMaxLength must be at most 16, so that 3 special tokens and a passage fit into maxLength 20, got 17");
        try (PairTokenizer tokenizer = tokenizer(20, 16)) {
            assertThat(tokenizer.query("a ".repeat(30)).with("a a").length()).isEqualTo(20);
        }
    }

    @Test
    void refuses_a_file_that_is_no_tokenizer(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), "{\"model\": 1}");

        assertThatThrownBy(() -> PairTokenizer.load(ModelFiles.in(directory), 20, 8))
                .isInstanceOf(LocalModelException.class)
                .hasMessage("%s is not a Hugging Face tokenizer", directory.resolve("tokenizer.json"));
    }

    @Test
    void refuses_a_tokenizer_that_puts_the_passage_first(@TempDir Path directory) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode tokenizer = json.readTree(
                TestModels.directory("bert").resolve("tokenizer.json").toFile());
        JsonNode pair = tokenizer.path("post_processor").path("pair");
        ((ObjectNode) pair.path(1).path("Sequence")).put("id", "B");
        ((ObjectNode) pair.path(3).path("Sequence")).put("id", "A");
        json.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);

        assertThatThrownBy(() -> PairTokenizer.load(ModelFiles.in(directory), 20, 8))
                .isInstanceOf(LocalModelException.class)
                .hasMessage(
                        "%s is not a tokenizer for pairs of texts: the tokenizer does not join a pair as query, then passage",
                        directory.resolve("tokenizer.json"))
                .hasRootCauseMessage("the tokenizer does not join a pair as query, then passage");
    }

    private static int queryLength(TokenSequence pair) {
        assertThat(pair.tokenIds()[0]).isEqualTo(CLS);
        return Arrays.stream(pair.tokenIds()).boxed().toList().indexOf(SEP) - 1;
    }

    private static TokenSequence pair(String query, String passage) {
        try (PairTokenizer tokenizer = tokenizer(MAX_LENGTH, QUERY_MAX_LENGTH)) {
            return tokenizer.query(query).with(passage);
        }
    }

    private static PairTokenizer tokenizer(int maxLength, int queryMaxLength) {
        return PairTokenizer.load(ModelFiles.in(TestModels.directory("bert")), maxLength, queryMaxLength);
    }
}
