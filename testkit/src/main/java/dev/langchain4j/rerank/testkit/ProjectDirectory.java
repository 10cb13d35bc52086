package dev.langchain4j.rerank.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project is checked out. */
public final class ProjectDirectory {

    private ProjectDirectory() {}

    /**
     * The root of the checkout: the system property {@code rerank.root}, which the build sets, else the nearest folder
     * above the working directory that holds the Maven wrapper.
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
