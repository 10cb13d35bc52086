package dev.langchain4j.rerank.boot;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;

/** The tiny test models of the local module. */
final class TinyModel {

    /** The directory of a cross-encoder. */
    static final Path DIRECTORY = directory("bert");

    private TinyModel() {}

    static Path directory(String name) {
        return ProjectDirectory.root()
                .resolve("langchain4j-rerank-local/src/test/resources/models")
                .resolve(name);
    }
}
