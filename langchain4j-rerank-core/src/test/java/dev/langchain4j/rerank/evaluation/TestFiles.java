package dev.langchain4j.rerank.evaluation;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the tests' files are. */
final class TestFiles {

    private TestFiles() {}

    /** A file that the repository holds. */
    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestFiles.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The Cranfield collection, which is not in the repository: without it the test is skipped. */
    static Path cranfield() {
        String data = System.getenv("RERANK_DATA");
        Path directory = (data == null ? Path.of(System.getProperty("rerank.root"), "../shared/data") : Path.of(data))
                .resolve("cranfield")
                .normalize();
        if (!Files.isDirectory(directory) && Boolean.parseBoolean(System.getenv("RERANK_REQUIRE_DATA"))) {
            fail("RERANK_REQUIRE_DATA is true, but %s is no directory; RERANK_DATA names the one above", directory);
        }
        assumeTrue(Files.isDirectory(directory), () -> "skipped: no Cranfield collection at " + directory);
        return directory;
    }
}
