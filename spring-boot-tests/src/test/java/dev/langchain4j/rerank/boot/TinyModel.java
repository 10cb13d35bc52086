package dev.langchain4j.rerank.boot;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;

/** Models with next to no weights, which the tests of the local module have. */
final class TinyModel {

    /** Of a cross-encoder. */
    static final Path DIRECTORY = directory("bert");

    private TinyModel() {}

    static Path directory(String name) {
        return ProjectDirectory.root()
                .resolve("langchain4j-rerank-local/src/test/resources/models")
                .resolve(name);
    }
}
