package dev.langchain4j.rerank.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * A collection in the layout of BEIR (Thakur et al.: BEIR, a heterogeneous benchmark for zero-shot evaluation of
 * information retrieval models, NeurIPS 2021): a directory with {@code corpus.jsonl} and {@code queries.jsonl}, one
 * object a line, and judgements in {@code qrels/<split>.tsv} or {@code qrels.tsv}. Each file may be compressed and end in
 * {@code .gz}. Nothing is read before it is asked for, and nothing is kept. Thread-safe.
 *
 * <p>Every reading method throws {@link IllegalArgumentException} for a malformed line, naming file, line and remedy, and
 * {@link java.io.UncheckedIOException} for a file that cannot be read.
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
     * @param title empty if it has none
     * @param text its text, without the title
     */
    public record Document(String id, String title, String text) {

        /** Title and text with a blank between, as BEIR's own rerankers read a document. */
        public String titleAndText() {
            return (title + " " + text).strip();
        }

        /** Names the document without showing it. */
        @Override
        public String toString() {
            return "Document[id=%s, %d characters]".formatted(id, text.length());
        }
    }

    /**
     * The collection in a directory.
     *
     * @throws IllegalArgumentException if it is no directory
     */
    public static BeirCollection of(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "%s is not a directory: name the one that holds corpus.jsonl".formatted(directory));
        }
        return new BeirCollection(directory);
    }

    /** The texts of all queries by id, in the order of the file. */
    public Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        try (Stream<Line> lines = jsonLines("queries.jsonl")) {
            lines.forEach(line -> {
                JsonNode query = object(line);
                String id = required(line, query, "_id");
                if (queries.put(id, required(line, query, "text")) != null) {
                    throw line.malformed("query %s is there a second time; keep one of the lines".formatted(id));
                }
            });
        }
        return Collections.unmodifiableMap(queries);
    }

    /** The judgements: {@code qrels.tsv} if there is one, else those of the split {@code test}. */
    public Qrels qrels() {
        Path single = file("qrels.tsv");
        return Files.exists(single) ? Qrels.readBeir(single) : qrels("test");
    }

    /**
     * The judgements of a split.
     *
     * @param split for instance {@code train}, {@code dev} or {@code test}
     */
    public Qrels qrels(String split) {
        return Qrels.readBeir(file("qrels/" + split + ".tsv"));
    }

    /** The corpus in the order of the file, read as it is asked for. Close the stream. */
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
     * The texts of some documents by id, in the order of the corpus. Costs one pass over the corpus and the memory of what
     * it returns.
     *
     * @param ids the documents wanted, for instance {@link Run#documentIds()}
     * @param text what a reranker is to read, {@link Document#text()} or {@link Document#titleAndText()}
     * @throws IllegalArgumentException if the corpus lacks one of them
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
                    "%s lacks %d of the %d documents wanted, %s first: take the corpus that the ids come from"
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

    /** The file of that name, or the compressed one if only that is there. */
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
            // the parser's own words may quote the document
            throw line.malformed("not JSON at column %d; every line must be one whole object"
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
                    "expected a string in field \"%s\", got %s; BEIR's objects have _id and text, documents title too"
                            .formatted(field, value == null ? "no such field" : kind(value)));
        }
        return value.asText();
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
