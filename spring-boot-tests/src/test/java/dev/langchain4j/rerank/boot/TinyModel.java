package dev.langchain4j.rerank.boot;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;

/** A cross-encoder with next to no weights, which the tests of the local module have. */
final class TinyModel {

    static final Path DIRECTORY =
            ProjectDirectory.root().resolve("langchain4j-rerank-local/src/test/resources/models/bert");

    private TinyModel() {}
}
