package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QrelsTest {

    @TempDir
    private Path directory;

    @Test
    void reads_trec() throws Exception {
        // given
        Path file = write("# judged in 1967\n2 0 a 1\n\n1 0 a -1\n1\t0\tb\t3\n");

        // when
        Qrels qrels = Qrels.readTrec(file);

        // then
        assertThat(qrels.queryIds()).containsExactly("2", "1");
        assertThat(qrels.judgements("1")).isEqualTo(Map.of("a", -1, "b", 3));
        assertThat(qrels.judgements("3")).isEmpty();
        assertThat(qrels).hasToString("Qrels[2 queries]");
    }

    @Test
    void reads_beir_with_and_without_header() throws Exception {
        // given
        Map<String, Integer> expected = Map.of("a b", 1, "c", 0);

        // then
        assertThat(Qrels.readBeir(write("query-id\tcorpus-id\tscore\nq 1\ta b\t1\nq 1\tc\t0\n"))
                        .judgements("q 1"))
                .isEqualTo(expected);
        assertThat(Qrels.readBeir(write("q 1\ta b\t1\nq 1\tc\t0\n\n")).judgements("q 1"))
                .isEqualTo(expected);
    }

    @Test
    void does_not_see_later_changes_of_a_map() {
        // given
        Map<String, Integer> judged = new HashMap<>(Map.of("a", 1));

        // when
        Qrels qrels = Qrels.of(Map.of("1", judged));
        judged.put("b", 1);

        // then
        assertThat(qrels.judgements("1")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void malformed_trec_lines_are_refused_with_file_line_and_remedy() throws Exception {
        refused(
                Qrels::readTrec,
                "1 0 a 1\n1 a 1\n",
                "line 2: expected 4 columns (query iteration document judgement), got 3");
        refused(Qrels::readTrec, "1 0 a yes\n", "line 1: the judgement must be a whole number, got 'yes'");
        refused(
                Qrels::readTrec,
                "1 0 a 1\n1 0 a 0\n",
                "line 2: query 1 has a second judgement of document a; keep one of the lines");
    }

    @Test
    void malformed_beir_lines_are_refused_with_file_line_and_remedy() throws Exception {
        refused(
                Qrels::readBeir,
                "query-id\tcorpus-id\tscore\n1 0 a 1\n",
                "line 2: expected 3 columns separated by tabs (query-id, corpus-id, score), got 1; read a TREC file with Qrels.readTrec");
        refused(Qrels::readBeir, "qid\tdocid\trel\n", "line 1: the judgement must be a whole number, got 'rel'");
        refused(
                Qrels::readBeir,
                "1\ta\t1\n1\ta\t1\n",
                "line 2: query 1 has a second judgement of document a; keep one of the lines");
    }

    private void refused(Function<Path, Qrels> reader, String lines, String message) throws Exception {
        Path file = write(lines);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.apply(file))
                .withMessage(file + " " + message);
    }

    private Path write(String lines) throws Exception {
        return Files.writeString(directory.resolve("test.qrels"), lines);
    }
}
