package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.testkit.MilvusServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Ingests the user's files into Milvus, for {@code ./demo chat} and {@code ./demo web} to answer from. A file that is
 * unchanged since the last time is skipped, a changed one is replaced; after an interruption, the same command
 * continues with the unfinished file.
 */
final class Ingest {

    private static final String USAGE =
            "pass files or folders to read (.txt, .md, .html, .pdf), or --clear to remove all documents: "
                    + "./demo ingest FILES...";

    private final KnowledgeBase knowledge;
    private final DocumentIndex index;
    private final PrintStream out;
    private int added;
    private int replaced;
    private int unchanged;

    Ingest(KnowledgeBase knowledge, DocumentIndex index, PrintStream out) {
        this.knowledge = knowledge;
        this.index = index;
        this.out = out;
    }

    static void main(List<String> arguments, Path workingDirectory, PrintStream out) {
        Documents documents = Documents.in(System.getenv());
        if (arguments.equals(List.of("--clear"))) {
            clear(documents, out);
            return;
        }
        List<Path> files = files(arguments, workingDirectory);
        try (MilvusServer server = documents.server(out::println);
                KnowledgeBase knowledge = Documents.knowledge(server, new AllMiniLmL6V2QuantizedEmbeddingModel())) {
            new Ingest(knowledge, documents.index(), out).ingest(files);
        }
    }

    private static void clear(Documents documents, PrintStream out) {
        try (MilvusServer server = documents.server(out::println)) {
            documents.drop(server);
        }
        out.println("Your documents are removed: ./demo chat and ./demo web answer from the example's passages again.");
    }

    /**
     * Returns the files to ingest, folders searched.
     *
     * @throws IllegalArgumentException if there is none, or one does not exist or is not of a supported kind
     */
    static List<Path> files(List<String> arguments, Path workingDirectory) {
        List<Path> files = new ArrayList<>();
        for (String argument : arguments) {
            Path path = workingDirectory.resolve(argument).toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                files.addAll(readable(path));
            } else if (!Files.exists(path)) {
                throw new IllegalArgumentException(path + " does not exist: check the path");
            } else if (!DocumentReader.reads(path)) {
                throw new IllegalArgumentException(
                        path + " is not a supported kind of file: pass .txt, .md, .html or .pdf");
            } else {
                files.add(path);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(USAGE);
        }
        return files;
    }

    private static List<Path> readable(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(DocumentReader::reads)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be searched", e);
        }
    }

    /** @throws CancellationException if the thread is interrupted */
    void ingest(List<Path> files) {
        try {
            for (int i = 0; i < files.size(); i++) {
                ingest(files.get(i), "[%d/%d] ".formatted(i + 1, files.size()));
            }
        } catch (CancellationException e) {
            out.println("Interrupted: the same command continues with the unfinished file.");
            throw e;
        }
        out.printf(
                "%d added, %d replaced, %d unchanged; %d files are in Milvus now, %d passages.%n",
                added,
                replaced,
                unchanged,
                index.entries().size(),
                index.entries().values().stream()
                        .mapToInt(DocumentIndex.Entry::passages)
                        .sum());
        if (!index.entries().isEmpty()) {
            out.println("./demo chat and ./demo web answer from them; ./demo ingest --clear removes them.");
        }
    }

    private void ingest(Path file, String prefix) {
        byte[] content = content(file);
        String path = file.toString();
        DocumentIndex.Entry known = index.get(path);
        String sha256 = sha256(content);
        if (known != null && known.sha256().equals(sha256)) {
            unchanged++;
            out.println(prefix + file.getFileName() + ": unchanged");
            return;
        }
        List<TextSegment> passages = DocumentReader.passages(file, content);
        if (passages.isEmpty()) {
            out.println(prefix + file.getFileName()
                    + ": skipped, because it contains no text (for a scanned PDF, pass its text)");
            return;
        }
        // Passages of an earlier version, or of an interrupted run, are removed first.
        index.remove(path);
        knowledge.remove(path);
        knowledge.add(
                passages,
                done -> out.println(
                        "%s%s: %d of %d passages".formatted(prefix, file.getFileName(), done, passages.size())));
        index.put(path, new DocumentIndex.Entry(sha256, passages.size()));
        if (known == null) {
            added++;
        } else {
            replaced++;
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
