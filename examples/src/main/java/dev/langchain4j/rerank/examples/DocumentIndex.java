package dev.langchain4j.rerank.examples;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that were ingested completely, with their checksums at that time. Written after each file, so that no file
 * is ingested twice.
 */
final class DocumentIndex {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, Entry> entries;

    private DocumentIndex(Path file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /**
     * An ingested file.
     *
     * @param sha256 of its content
     * @param passages number of its passages
     */
    record Entry(String sha256, int passages) {}

    /** Returns the index in the file; empty if it does not exist. */
    static DocumentIndex read(Path file) {
        try {
            return new DocumentIndex(
                    file,
                    Files.exists(file)
                            ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Entry>>() {})
                            : new TreeMap<>());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: delete its folder and ingest your files again", e);
        }
    }

    /** Returns the files by path; unmodifiable. */
    Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    @Nullable
    Entry get(String path) {
        return entries.get(path);
    }

    void put(String path, Entry entry) {
        entries.put(path, entry);
        write();
    }

    void remove(String path) {
        if (entries.remove(path) != null) {
            write();
        }
    }

    private void write() {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            JSON.writeValue(part.toFile(), entries);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
