package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.testkit.MilvusLite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingests files into a real Milvus; embeddings are letter counts, which is enough to find a word. */
class IngestTest {

    @TempDir
    private Path folder;

    private final LetterCounts embeddingModel = new LetterCounts(26);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path text;
    private Path markdown;
    private Path html;
    private Path pdf;

    @BeforeEach
    void files() throws IOException {
        text = Files.writeString(folder.resolve("zebra.txt"), "zebra zebra zebra zebra");
        markdown = Files.writeString(folder.resolve("kayak.md"), "# Kayak\n\nkayak kayak kayak");
        html = Files.writeString(
                folder.resolve("quiz.html"), "<html><script>var x = 1</script><p>quiz <b>quiz</b> quiz</p></html>");
        pdf = pdf(folder.resolve("jazz.pdf"), "jazz jazz jazz");
    }

    @Test
    void text_markdown_html_and_pdf_are_found_after_a_restart() {
        // when
        try (MilvusLite milvus = MilvusLite.keeping(folder.resolve("data"), line -> {})) {
            ingest(milvus, List.of(text, markdown, html, pdf));
        }
        // then
        assertThat(printed()).isEqualToNormalizingNewlines("""
                [1/4] zebra.txt: 1 of 1 passages
                [2/4] kayak.md: 1 of 1 passages
                [3/4] quiz.html: 1 of 1 passages
                [4/4] jazz.pdf: 1 of 1 passages
                4 added, 0 replaced, 0 unchanged; 4 files are in Milvus now, 4 passages.
                ./demo chat and ./demo web answer from them; ./demo ingest --clear removes them.
                """);
        try (MilvusLite milvus = MilvusLite.keeping(folder.resolve("data"), line -> {});
                KnowledgeBase knowledge = open(milvus)) {
            assertThat(found(knowledge, "zebra")).isEqualTo("zebra zebra zebra zebra");
            assertThat(found(knowledge, "kayak")).contains("kayak kayak kayak");
            assertThat(found(knowledge, "quiz")).isEqualTo("quiz quiz quiz");
            assertThat(found(knowledge, "jazz")).isEqualTo("jazz jazz jazz");
        }
    }

    @Test
    void unchanged_files_are_skipped_and_changed_ones_replaced() throws IOException {
        try (MilvusLite milvus = MilvusLite.start(line -> {})) {
            // given
            ingest(milvus, List.of(text, markdown));
            embeddingModel.embedded = 0;
            printed.reset();
            // when
            Files.writeString(markdown, "walrus walrus");
            ingest(milvus, List.of(text, markdown));
            // then
            assertThat(printed()).isEqualToNormalizingNewlines("""
                    [1/2] zebra.txt: unchanged
                    [2/2] kayak.md: 1 of 1 passages
                    0 added, 1 replaced, 1 unchanged; 2 files are in Milvus now, 2 passages.
                    ./demo chat and ./demo web answer from them; ./demo ingest --clear removes them.
                    """);
            assertThat(embeddingModel.embedded).isEqualTo(1);
            try (KnowledgeBase knowledge = open(milvus)) {
                assertThat(passages(knowledge)).containsExactlyInAnyOrder("zebra zebra zebra zebra", "walrus walrus");
            }
        }
    }

    @Test
    void an_interrupted_run_is_continued_by_the_same_command() throws IOException {
        try (MilvusLite milvus = MilvusLite.start(line -> {})) {
            // given
            Files.writeString(markdown, "kayak ".repeat(20_000));
            embeddingModel.interruptAfter = 40;
            // when
            assertThatThrownBy(() -> ingest(milvus, List.of(text, markdown, html)))
                    .isInstanceOf(CancellationException.class);
            // then
            assertThat(Thread.interrupted()).isTrue();
            assertThat(printed())
                    .endsWith("Interrupted: the same command continues with the unfinished file."
                            + System.lineSeparator());
            // when
            printed.reset();
            embeddingModel.interruptAfter = Integer.MAX_VALUE;
            ingest(milvus, List.of(text, markdown, html));
            // then
            assertThat(printed())
                    .startsWith("[1/3] zebra.txt: unchanged")
                    .contains("2 added, 0 replaced, 1 unchanged; 3 files are in Milvus now");
            int kayaks = index().get(markdown.toString()).passages();
            try (KnowledgeBase knowledge = open(milvus)) {
                assertThat(passages(knowledge)).hasSize(kayaks + 2);
            }
        }
    }

    @Test
    void a_collection_of_another_dimension_is_refused_with_the_remedy() {
        try (MilvusLite milvus = MilvusLite.start(line -> {})) {
            ingest(milvus, List.of(text));
            assertThatThrownBy(() ->
                            KnowledgeBase.open(new MilvusAddress(milvus.uri()), new LetterCounts(20), "ingest_test"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "collection ingest_test at %s contains vectors of 26 dimensions, but the embedding model returns 20: remove them with ./demo ingest --clear and ingest your files again"
                                    .formatted(milvus.uri()));
        }
    }

    @Test
    void files_of_other_kinds_are_refused_and_skipped_in_folders() throws IOException {
        // given
        Path picture = Files.writeString(folder.resolve("picture.png"), "");
        // then
        assertThatThrownBy(() -> Ingest.files(List.of("picture.png"), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(picture + " is not a supported kind of file: pass .txt, .md, .html or .pdf");
        assertThat(Ingest.files(List.of("."), folder)).containsExactly(pdf, markdown, html, text);
    }

    @Test
    void a_file_without_text_is_left_out_and_told() throws IOException {
        try (MilvusLite milvus = MilvusLite.start(line -> {})) {
            ingest(milvus, List.of(pdf(folder.resolve("scan.pdf"), "")));
            assertThat(printed())
                    .startsWith(
                            "[1/1] scan.pdf: skipped, because it contains no text (for a scanned PDF, pass its text)");
        }
    }

    private void ingest(MilvusLite milvus, List<Path> files) {
        try (KnowledgeBase knowledge = open(milvus)) {
            new Ingest(knowledge, index(), new PrintStream(printed, true, StandardCharsets.UTF_8)).ingest(files);
        }
    }

    private DocumentIndex index() {
        return DocumentIndex.read(folder.resolve("documents.json"));
    }

    private KnowledgeBase open(MilvusLite milvus) {
        return KnowledgeBase.open(new MilvusAddress(milvus.uri()), embeddingModel, "ingest_test");
    }

    private static String found(KnowledgeBase knowledge, String word) {
        return knowledge
                .retriever(1)
                .retrieve(Query.from(word))
                .get(0)
                .textSegment()
                .text();
    }

    private static List<String> passages(KnowledgeBase knowledge) {
        return knowledge.retriever(1_000).retrieve(Query.from("any")).stream()
                .map(content -> content.textSegment().text())
                .toList();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Path pdf(Path file, String words) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(PDType1Font.HELVETICA, 12);
                content.newLineAtOffset(50, 700);
                content.showText(words);
                content.endText();
            }
            document.save(file.toFile());
        }
        return file;
    }

    /** Embeds a text as its letter counts; interrupts its thread after a number of texts. */
    private static final class LetterCounts implements EmbeddingModel {

        private final int letters;
        private int embedded;
        private int interruptAfter = Integer.MAX_VALUE;

        private LetterCounts(int letters) {
            this.letters = letters;
        }

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            embedded += segments.size();
            if (embedded >= interruptAfter) {
                Thread.currentThread().interrupt();
            }
            return Response.from(
                    segments.stream().map(segment -> counted(segment.text())).toList());
        }

        private Embedding counted(String text) {
            float[] counts = new float[letters];
            text.chars()
                    .filter(letter -> letter >= 'a' && letter < 'a' + letters)
                    .forEach(letter -> counts[letter - 'a']++);
            return Embedding.from(counts);
        }

        @Override
        public int dimension() {
            return letters;
        }
    }
}
