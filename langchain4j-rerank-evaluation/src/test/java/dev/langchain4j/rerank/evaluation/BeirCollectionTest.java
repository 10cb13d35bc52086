package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.rerank.evaluation.BeirCollection.Document;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirCollectionTest {

    @TempDir
    private Path directory;

    @Test
    void reads_queries_corpus_and_judgements() throws Exception {
        // given
        write("queries.jsonl", """
                {"_id": "q2", "text": "what is a query ?"}

                {"_id": "q1", "text": "grüße", "metadata": {"any": 1}}
                """);
        write("corpus.jsonl", """
                {"_id": "d1", "title": "A title", "text": "a text"}
                {"_id": "d2", "text": "no title"}
                """);
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\n");
        write("qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq2\td2\t1\n");

        // when
        BeirCollection collection = BeirCollection.of(directory);

        // then
        assertThat(collection.queries())
                .containsExactly(Map.entry("q2", "what is a query ?"), Map.entry("q1", "grüße"));
        assertThat(collection.qrels().judgements("q1")).isEqualTo(Map.of("d1", 2));
        assertThat(collection.qrels("dev").judgements("q2")).isEqualTo(Map.of("d2", 1));
        try (Stream<Document> documents = collection.documents()) {
            assertThat(documents)
                    .containsExactly(new Document("d1", "A title", "a text"), new Document("d2", "", "no title"));
        }
    }

    @Test
    void judgements_beside_the_corpus_come_before_the_split_test() throws Exception {
        // given
        write("qrels.tsv", "q1\td1\t1\n");
        write("qrels/test.tsv", "q1\td1\t2\n");

        // then
        assertThat(BeirCollection.of(directory).qrels().judgements("q1")).isEqualTo(Map.of("d1", 1));
    }

    @Test
    void reads_compressed_files() throws Exception {
        // given
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("queries.jsonl.gz")))) {
            out.write("{\"_id\": \"q\", \"text\": \"t\"}\n".getBytes(StandardCharsets.UTF_8));
        }

        // then
        assertThat(BeirCollection.of(directory).queries()).isEqualTo(Map.of("q", "t"));
    }

    @Test
    void the_corpus_is_read_as_it_is_asked_for() throws Exception {
        // given
        write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"good\"}\nnot json\n");

        // when
        try (Stream<Document> documents = BeirCollection.of(directory).documents()) {
            // then
            assertThat(documents.findFirst()).contains(new Document("d1", "", "good"));
        }
    }

    @Test
    void collects_the_texts_wanted_as_a_reranker_is_to_read_them() throws Exception {
        // given
        write("corpus.jsonl", """
                {"_id": "d1", "title": "One", "text": "first"}
                {"_id": "d2", "title": "Two", "text": "second"}
                {"_id": "d3", "title": "", "text": "third"}
                """);
        BeirCollection collection = BeirCollection.of(directory);

        // then
        assertThat(collection.texts(Set.of("d3", "d1"), Document::titleAndText))
                .containsExactly(Map.entry("d1", "One first"), Map.entry("d3", "third"));
        assertThat(collection.texts(Set.of("d2"), Document::text)).isEqualTo(Map.of("d2", "second"));
    }

    @Test
    void refuses_to_give_texts_that_the_corpus_lacks() throws Exception {
        // given
        Path corpus = write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"first\"}\n");

        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BeirCollection.of(directory).texts(Set.of("d1", "d9"), Document::text))
                .withMessage(corpus
                        + " lacks 1 of the 2 requested documents, first d9: use the corpus that the ids come from");
    }

    @Test
    void malformed_lines_are_refused_with_file_line_and_remedy_but_without_the_text() throws Exception {
        refused(
                "{\"_id\": \"d1\", \"text\": secret}",
                "line 1: not valid JSON at column 23; every line must be one complete object");
        refused("{} {}", "line 1: not valid JSON at column 4; every line must be one complete object");
        refused("[]", "line 1: expected a JSON object, got array");
        refused(
                "{\"_id\": \"d1\", \"text\": \"t\"}\n{\"_id\": 7, \"text\": \"t\"}",
                "line 2: expected a string in field \"_id\", got number; BEIR's objects have _id and text, documents also title");
        refused(
                "{\"_id\": \"d1\"}",
                "line 1: expected a string in field \"text\", got no such field; BEIR's objects have _id and text, documents also title");
        refused(
                "{\"_id\": \"d1\", \"text\": \"t\"}\n{\"_id\": \"d1\", \"text\": \"t\"}",
                "line 2: query d1 occurs a second time; keep one of the lines");
    }

    @Test
    void names_what_is_not_there() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BeirCollection.of(directory.resolve("absent")))
                .withMessage(directory.resolve("absent")
                        + " is not a directory: pass the directory that contains corpus.jsonl");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> BeirCollection.of(directory).qrels())
                .withMessage(directory.resolve("qrels/test.tsv") + " does not exist: check the path");
    }

    @Test
    void a_document_does_not_show_its_text() {
        assertThat(new Document("d1", "secret", "secret")).hasToString("Document[id=d1, 6 characters]");
    }

    @Test
    void reads_cranfield() {
        // given
        BeirCollection cranfield = BeirCollection.of(ReferenceData.require("cranfield"));

        // then
        assertThat(cranfield.queries()).hasSize(225);
        assertThat(cranfield.qrels().queryIds()).hasSize(225);
        try (Stream<Document> documents = cranfield.documents()) {
            assertThat(documents).hasSize(1398);
        }
    }

    private void refused(String lines, String message) throws Exception {
        Path file = write("queries.jsonl", lines);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BeirCollection.of(directory).queries())
                .withMessage(file + " " + message);
    }

    private Path write(String name, String lines) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, lines);
    }
}
