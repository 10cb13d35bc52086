package dev.langchain4j.rerank.examples;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.document.BlankDocumentException;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentParser;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.document.parser.TextDocumentParser;
import dev.langchain4j.data.document.parser.apache.pdfbox.ApachePdfBoxDocumentParser;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.document.transformer.jsoup.HtmlToTextDocumentTransformer;
import dev.langchain4j.data.segment.TextSegment;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Splits a file (plain text, Markdown, HTML or PDF) into passages. */
final class DocumentReader {

    /** About 200 tokens of English: long enough to contain an answer, short enough to rerank many. */
    private static final int PASSAGE = 900;

    private static final int OVERLAP = 100;

    private static final DocumentParser TEXT = new TextDocumentParser();
    private static final DocumentParser HTML =
            stream -> new HtmlToTextDocumentTransformer().transform(TEXT.parse(stream));
    private static final DocumentParser PDF = new ApachePdfBoxDocumentParser();

    private static final Map<String, DocumentParser> PARSERS =
            Map.of("txt", TEXT, "text", TEXT, "md", TEXT, "markdown", TEXT, "html", HTML, "htm", HTML, "pdf", PDF);

    private static final DocumentSplitter SPLITTER = DocumentSplitters.recursive(PASSAGE, OVERLAP);

    private DocumentReader() {}

    /** Returns whether a file of that name can be read. */
    static boolean reads(Path file) {
        return PARSERS.containsKey(extension(file));
    }

    /**
     * Returns the passages, each with the metadata of {@link ComputingHistory}; empty if there is no text in the file.
     *
     * @param content of the file
     */
    static List<TextSegment> passages(Path file, byte[] content) {
        List<TextSegment> segments;
        try {
            Document document = requireNonNull(PARSERS.get(extension(file)), "a file that reads(...) accepts")
                    .parse(new ByteArrayInputStream(content));
            segments = SPLITTER.split(document);
        } catch (BlankDocumentException e) {
            return List.of();
        }
        return IntStream.range(0, segments.size())
                .mapToObj(i -> TextSegment.from(
                        segments.get(i).text(),
                        Metadata.from(Map.of(
                                ComputingHistory.ID,
                                file + "#" + (i + 1),
                                ComputingHistory.TITLE,
                                "%s, %d of %d".formatted(file.getFileName(), i + 1, segments.size()),
                                ComputingHistory.SOURCE,
                                file.toString()))))
                .toList();
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
