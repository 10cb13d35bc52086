package dev.langchain4j.rerank.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Public test collections with reference scores, which are not part of the repository. Their folder is the environment
 * variable {@code RERANK_DATA}, otherwise {@code shared/data} next to the checkout.
 */
public final class ReferenceData {

    private ReferenceData() {}

    /**
     * Returns a file or folder of the data. If it does not exist, skips the calling test with a message, or fails it if
     * the environment variable {@code RERANK_REQUIRE_DATA} is {@code true}.
     *
     * @param name path relative to the data folder, for instance {@code cranfield/bm25.run}
     */
    public static Path require(String name) {
        Path path = folder().resolve(name);
        if (Files.exists(path)) {
            return path;
        }
        throw absent("reference data not found at " + path + ": set RERANK_DATA=DIR to the folder that contains it");
    }

    /**
     * Skips the calling test with that message, or returns the error that fails it if the environment variable {@code
     * RERANK_REQUIRE_DATA} is {@code true}.
     */
    static AssertionError absent(String message) {
        if (required()) {
            return new AssertionError(message + " (RERANK_REQUIRE_DATA=true)");
        }
        return Assumptions.abort(message);
    }

    /** Returns whether missing data, or a missing service, fail a test instead of skipping it. */
    public static boolean required() {
        return Boolean.parseBoolean(System.getenv("RERANK_REQUIRE_DATA"));
    }

    private static Path folder() {
        String named = System.getenv("RERANK_DATA");
        return named != null ? Path.of(named) : ProjectDirectory.root().resolveSibling("shared/data");
    }
}
