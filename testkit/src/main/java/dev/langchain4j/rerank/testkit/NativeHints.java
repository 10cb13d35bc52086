package dev.langchain4j.rerank.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A check of the GraalVM hints of a module: files below {@code META-INF/native-image} list the resources that it reads
 * and the classes that it loads by name, which a native image would otherwise omit. No image is built; the check
 * verifies only that the names are right.
 */
public final class NativeHints {

    private static final Pattern RESOURCE = Pattern.compile("\"pattern\": \"\\\\\\\\Q(.*?)\\\\\\\\E\"");
    private static final Pattern CLASS = Pattern.compile("\"name\": \"(.*?)\"");

    private NativeHints() {}

    /**
     * Checks that hints and module match: every resource of the module is listed, every listed name is on the class
     * path, and the listed classes are exactly the given ones.
     *
     * @param member any class of the module
     * @param classes names of the classes that the module loads by name
     */
    public static void assertComplete(Class<?> member, String... classes) {
        Path root = root(member);
        List<String> named = named(root, "resource-config.json", RESOURCE);
        assertThat(named)
                .as("resources that hints name")
                .containsAll(resources(root))
                .allSatisfy(name -> assertThat(member.getClassLoader().getResource(name))
                        .as(name)
                        .isNotNull());
        assertThat(named(root, "reflect-config.json", CLASS))
                .as("classes that hints name")
                .containsExactlyInAnyOrder(classes)
                .allSatisfy(name -> assertThatCode(() -> Class.forName(name, false, member.getClassLoader()))
                        .doesNotThrowAnyException());
    }

    private static Path root(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the files that the code of the module may read. */
    private static List<String> resources(Path root) {
        return files(root)
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"))
                .toList();
    }

    private static List<String> named(Path root, String file, Pattern pattern) {
        return files(root.resolve("META-INF"))
                .filter(hints -> hints.getFileName().toString().equals(file))
                .flatMap(hints -> pattern.matcher(read(hints)).results().map(match -> match.group(1)))
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
