package dev.langchain4j.rerank.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.internal.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A test collection in the layout of BEIR (Thakur et al.: BEIR, a heterogeneous benchmark for zero-shot evaluation of
 * information retrieval models, NeurIPS 2021): a directory with {@code corpus.jsonl} and {@code queries.jsonl}, one
 * object per line, and judgements in {@code qrels/<split>.tsv} or {@code qrels.tsv}. Each file may be compressed, with
 * a name that ends in {@code .gz}. Files are read on demand and not cached. Thread-safe.
 *
 * <p>Every reading method throws {@link IllegalArgumentException} for a malformed line, with file, line and remedy in
 * the message, and {@link java.io.UncheckedIOException} for a file that cannot be read.
 */
public final class BeirCollection {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path directory;

    private BeirCollection(Path directory) {
        this.directory = directory;
    }

    /**
     * A document of the corpus.
     *
     * @param id its {@code _id}
     * @param title its title; empty if it has none
     * @param text its text, without the title
     */
    public record Document(String id, String title, String text) {

        /** Returns title and text joined by a space, the input of BEIR's own rerankers. */
        public String titleAndText() {
            return (title + " " + text).strip();
        }

        /** Returns the id and the length, never the text. */
        @Override
        public String toString() {
            return "Document[id=%s, %d characters]".formatted(id, text.length());
        }
    }

    /**
     * Returns the collection in a directory.
     *
     * @throws IllegalArgumentException if it is not a directory
     */
    public static BeirCollection of(Path directory) {
        Arguments.required("directory", directory, "pass the directory that contains corpus.jsonl");
        if (!Files.isDirectory(directory)) {
            throw new InvalidOptionException(
                    "directory",
                    "%s is not a directory: pass the directory that contains corpus.jsonl".formatted(directory));
        }
        return new BeirCollection(directory);
    }

    /** Returns the texts of all queries by id, in the order of the file. */
    public Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        try (Stream<Line> lines = jsonLines("queries.jsonl")) {
            lines.forEach(line -> {
                JsonNode query = object(line);
                String id = required(line, query, "_id");
                if (queries.put(id, required(line, query, "text")) != null) {
                    throw line.malformed("query %s occurs a second time; keep one of the lines".formatted(id));
                }
            });
        }
        return Collections.unmodifiableMap(queries);
    }

    /** Returns the judgements: those of {@code qrels.tsv} if it exists, otherwise those of the split {@code test}. */
    public Qrels qrels() {
        Path single = file("qrels.tsv");
        return Files.exists(single) ? Qrels.readBeir(single) : qrels("test");
    }

    /**
     * Returns the judgements of a split.
     *
     * @param split for instance {@code train}, {@code dev} or {@code test}
     */
    public Qrels qrels(String split) {
        return Qrels.readBeir(file("qrels/" + split + ".tsv"));
    }

    /** Returns the corpus in the order of the file, read lazily. Close the stream. */
    public Stream<Document> documents() {
        return jsonLines("corpus.jsonl").map(line -> {
            JsonNode document = object(line);
            return new Document(
                    required(line, document, "_id"),
                    document.path("title").asText(""),
                    required(line, document, "text"));
        });
    }

    /**
     * Returns the texts of some documents by id, in the order of the corpus. Costs one pass over the corpus and the
     * memory of the result.
     *
     * @param ids the requested documents, for instance {@link Run#documentIds()}
     * @param text the input of the reranker, {@link Document#text()} or {@link Document#titleAndText()}
     * @throws IllegalArgumentException if a document is missing in the corpus
     */
    public Map<String, String> texts(Set<String> ids, Function<Document, String> text) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Document> documents = documents()) {
            documents
                    .filter(document -> ids.contains(document.id()))
                    .forEach(document -> texts.put(document.id(), text.apply(document)));
        }
        if (texts.size() < ids.size()) {
            Set<String> missing = new LinkedHashSet<>(ids);
            missing.removeAll(texts.keySet());
            throw new IllegalArgumentException(
                    "%s lacks %d of the %d requested documents, first %s: use the corpus that the ids come from"
                            .formatted(
                                    file("corpus.jsonl"),
                                    missing.size(),
                                    ids.size(),
                                    missing.iterator().next()));
        }
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public String toString() {
        return "BeirCollection[%s]".formatted(directory);
    }

    private Stream<Line> jsonLines(String name) {
        return Line.in(file(name)).filter(line -> !line.blank());
    }

    /** Returns the file with that name, or the compressed one if only that exists. */
    private Path file(String name) {
        Path plain = directory.resolve(name);
        Path compressed = directory.resolve(name + ".gz");
        return !Files.exists(plain) && Files.exists(compressed) ? compressed : plain;
    }

    private static JsonNode object(Line line) {
        JsonNode node;
        try {
            node = JSON.readTree(line.text());
        } catch (JsonProcessingException e) {
            // the parser's message may quote the document
            throw line.malformed("not valid JSON at column %d; every line must be one complete object"
                    .formatted(e.getLocation().getColumnNr()));
        }
        if (!node.isObject()) {
            throw line.malformed("expected a JSON object, got " + kind(node));
        }
        return node;
    }

    private static String required(Line line, JsonNode object, String field) {
        @Nullable JsonNode value = object.get(field);
        if (value == null || !value.isTextual()) {
            throw line.malformed(
                    "expected a string in field \"%s\", got %s; BEIR's objects have _id and text, documents also title"
                            .formatted(field, value == null ? "no such field" : kind(value)));
        }
        return value.asText();
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
