package dev.langchain4j.rerank.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory in which the project is checked out. */
public final class ProjectDirectory {

    private ProjectDirectory() {}

    /**
     * Returns the root of the checkout: the system property {@code rerank.root}, which the build sets, otherwise the
     * nearest folder at or above the working directory that contains the Maven wrapper.
     *
     * @throws IllegalStateException outside a checkout
     */
    public static Path root() {
        String property = System.getProperty("rerank.root");
        if (property != null) {
            return Path.of(property).toAbsolutePath().normalize();
        }
        Path working = Path.of("").toAbsolutePath();
        for (Path folder = working; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no checkout of langchain4j-rerank at or above " + working
                + ": run from inside it, or set -Drerank.root=DIR");
    }
}
