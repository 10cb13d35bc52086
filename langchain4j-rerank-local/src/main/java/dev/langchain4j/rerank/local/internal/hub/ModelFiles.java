package dev.langchain4j.rerank.local.internal.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.local.LocalModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of one model, by name. */
public interface ModelFiles {

    String TOKENIZER = "tokenizer.json";
    String CONFIG = "config.json";

    /** The network for ONNX Runtime. */
    String ONNX = "model.onnx";

    /** The network for PyTorch. */
    String TORCHSCRIPT = "model.pt";

    /** Reads what Python writes, which includes NaN and Infinity. */
    ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Returns whether there is such a file. */
    boolean has(String name);

    /** Returns the content of an existing file. */
    byte[] read(String name) throws IOException;

    /**
     * Returns a small JSON file; a missing node if it does not exist.
     *
     * @throws LocalModelException if it is not JSON
     */
    default JsonNode json(String name) {
        if (!has(name)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(read(name));
        } catch (JsonProcessingException e) {
            throw new LocalModelException("%s is not JSON: %s".formatted(locate(name), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new LocalModelException("%s could not be read: %s".formatted(locate(name), e.getMessage()), e);
        }
    }

    /** Returns the file on disk, for engines that map it or look for files beside it; null if it is not on disk. */
    @Nullable
    Path path(String name);

    /** Returns the location of a file, existing or not, for messages. */
    String locate(String name);

    /** Returns the option of the builder that names these files, for messages. */
    String option();

    /**
     * Checks that a file exists.
     *
     * @throws InvalidOptionException if it does not
     */
    default void require(String name) {
        if (!has(name)) {
            throw new InvalidOptionException(option(), "no file " + locate(name));
        }
    }

    /** Returns the files of a directory, which must exist when the model is built. */
    static ModelFiles in(Path directory) {
        return new InDirectory(directory);
    }

    /** Returns the resources beside a class. */
    static ModelFiles beside(Class<?> owner) {
        return new OnClassPath(owner);
    }

    record InDirectory(Path directory) implements ModelFiles {

        @Override
        public boolean has(String name) {
            return Files.isRegularFile(directory.resolve(name));
        }

        @Override
        public void require(String name) {
            if (!Files.isDirectory(directory)) {
                throw new InvalidOptionException(option(), "no model directory " + directory);
            }
            ModelFiles.super.require(name);
        }

        @Override
        public byte[] read(String name) throws IOException {
            return Files.readAllBytes(directory.resolve(name));
        }

        @Override
        public Path path(String name) {
            return directory.resolve(name);
        }

        @Override
        public String locate(String name) {
            return directory.resolve(name).toString();
        }

        @Override
        public String option() {
            return "modelPath";
        }

        @Override
        public String toString() {
            return directory.toString();
        }
    }

    record OnClassPath(Class<?> owner) implements ModelFiles {

        @Override
        public boolean has(String name) {
            return owner.getResource(name) != null;
        }

        @Override
        public byte[] read(String name) throws IOException {
            try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
                return in.readAllBytes();
            }
        }

        @Override
        public @Nullable Path path(String name) {
            return null;
        }

        @Override
        public String locate(String name) {
            return name + " beside " + owner.getName() + " on the class path";
        }

        @Override
        public String option() {
            return "modelResources";
        }

        @Override
        public String toString() {
            return owner.getSimpleName();
        }
    }
}
