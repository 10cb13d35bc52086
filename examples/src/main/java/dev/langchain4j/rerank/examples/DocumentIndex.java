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

/** Which files were ingested whole, and what they were then. Written after each file, so that nothing is done twice. */
final class DocumentIndex {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, Entry> entries;

    private DocumentIndex(Path file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /**
     * A file that was ingested.
     *
     * @param sha256 of its content
     * @param passages that it was cut into
     */
    record Entry(String sha256, int passages) {}

    /** What the file says; empty if it is not there. */
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

    /** By path; unmodifiable. */
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
