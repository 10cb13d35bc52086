package dev.langchain4j.rerank.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Public test collections with reference scores, which are not part of the repository. They are looked for in the
 * folder that the environment variable {@code RERANK_DATA} names, else in {@code shared/data} beside the checkout.
 */
public final class ReferenceData {

    private ReferenceData() {}

    /**
     * A file or folder of the data. Where it is absent the calling test is skipped with a message, or fails if the
     * environment variable {@code RERANK_REQUIRE_DATA} is {@code true}.
     *
     * @param name relative to the data folder, for instance {@code cranfield/bm25.run}
     */
    public static Path require(String name) {
        Path path = folder().resolve(name);
        if (Files.exists(path)) {
            return path;
        }
        throw absent("reference data not found at " + path + ": set RERANK_DATA=DIR to the folder that holds it");
    }

    /**
     * Skips the calling test with that message, or gives what fails it if the environment variable {@code
     * RERANK_REQUIRE_DATA} is {@code true}.
     */
    static AssertionError absent(String message) {
        if (required()) {
            return new AssertionError(message + " (RERANK_REQUIRE_DATA=true)");
        }
        return Assumptions.abort(message);
    }

    /** Whether absent data, or an absent service, is a failure and not a reason to skip. */
    public static boolean required() {
        return Boolean.parseBoolean(System.getenv("RERANK_REQUIRE_DATA"));
    }

    private static Path folder() {
        String named = System.getenv("RERANK_DATA");
        return named != null ? Path.of(named) : ProjectDirectory.root().resolveSibling("shared/data");
    }
}
