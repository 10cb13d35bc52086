package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    @TempDir
    private Path directory;

    @Test
    void reads_by_score_and_ignores_rank_order_of_lines_blank_lines_and_comments() throws Exception {
        // given
        Path file = write("""
                # made by hand
                2 Q0 a 1 0.5 tag

                1 Q0 low 1 -2e1 tag
                  1\tQ0\thigh  2   7   tag
                2 Q0 b 2 0.25 tag
                """);

        // when
        Run run = Run.readTrec(file);

        // then
        assertThat(run.queryIds()).containsExactly("2", "1");
        assertThat(run.ranking("1")).containsExactly("high", "low");
        assertThat(run.ranking("2")).containsExactly("a", "b");
        assertThat(run.documentIds()).containsExactly("a", "b", "high", "low");
        assertThat(run).hasToString("Run[2 queries]");
    }

    @Test
    void ties_go_by_document_id_last_first() throws Exception {
        assertThat(Run.readTrec(write("1 Q0 9 1 1 t\n1 Q0 10 2 1 t\n1 Q0 100 3 1 t\n"))
                        .ranking("1"))
                .containsExactly("9", "100", "10");
    }

    @Test
    void reads_a_compressed_file() throws Exception {
        // given
        Path file = directory.resolve("run.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1 Q0 a 1 1 t\n".getBytes(StandardCharsets.UTF_8));
        }

        // then
        assertThat(Run.readTrec(file).ranking("1")).containsExactly("a");
    }

    @Test
    void keeps_explicit_rankings_and_does_not_see_later_changes() {
        // given
        Map<String, List<String>> rankings = new HashMap<>(Map.of("1", List.of("b", "a")));

        // when
        Run run = Run.of(rankings);
        rankings.clear();

        // then
        assertThat(run.ranking("1")).containsExactly("b", "a");
        assertThat(run.ranking("2")).isEmpty();
    }

    @Test
    void refuses_an_explicit_ranking_that_names_a_document_twice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Run.of(Map.of("1", List.of("a", "a"))))
                .withMessage("document a occurs twice in the ranking: list each document once");
    }

    @Test
    void malformed_lines_are_refused_with_file_line_and_remedy() throws Exception {
        refused("1 Q0 a 1 1 t\n1 Q0 a 2 1\n", "line 2: expected 6 columns (query Q0 document rank score tag), got 5");
        refused("1 Q0 a 1 much t\n", "line 1: the score must be a finite number, got 'much'");
        refused("1 Q0 a 1 NaN t\n", "line 1: the score must be a finite number, got 'NaN'");
        refused("1 Q0 a 1 -Infinity t\n", "line 1: the score must be a finite number, got '-Infinity'");
        refused(
                "1 Q0 a 1 2 t\n2 Q0 a 1 2 t\n1 Q0 a 2 1 t\n",
                "line 3: query 1 lists document a a second time; keep one of the lines");
    }

    @Test
    void files_that_cannot_be_read_are_named() throws Exception {
        // given
        Path absent = directory.resolve("absent.run");
        Path latin = Files.write(directory.resolve("latin.run"), new byte[] {'1', ' ', (byte) 0xe9});
        Path plain = Files.writeString(directory.resolve("plain.gz"), "1 Q0 a 1 1 t\n");

        // then
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Run.readTrec(absent))
                .withMessage(absent + " does not exist: check the path");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Run.readTrec(latin))
                .withMessage(latin + " line 1: not UTF-8 here or in the lines after it; convert the file to UTF-8");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Run.readTrec(plain))
                .withMessage(plain + " cannot be opened: Not in GZIP format");
    }

    private void refused(String lines, String message) throws Exception {
        Path file = write(lines);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Run.readTrec(file))
                .withMessage(file + " " + message);
    }

    private Path write(String lines) throws Exception {
        return Files.writeString(directory.resolve("test.run"), lines);
    }
}
