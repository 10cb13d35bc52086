package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relative links, anchors and pictures in Markdown resolve, and so do documents that sources refer to. */
class DocsLinksTest {

    private static final Path ROOT = ProjectDirectory.root();
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern FENCE = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile(
            "(?:]\\(|src=\"|srcset=\"|href=\")(?!https?:|mailto:)(?<path>[^)#\\s\"]*)(?<anchor>#[^)\\s\"]*)?[)\"]");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern REFERENCE = Pattern.compile("(?<![\\w/.:-])docs/[a-z][\\w./-]*\\.(?:md|png)");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*)(?:\\.([a-z]\\w*))?`");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(?:java|xml|py|html|js|yml|json)|.*/(?:demo|run)");

    static List<Path> documents() throws IOException {
        return files(".*\\.md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void relative_links_and_anchors_resolve(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(prose(document));
        while (link.find()) {
            Path target = link.group("path").isEmpty()
                    ? document
                    : document.resolveSibling(link.group("path")).normalize();
            String anchor = link.group("anchor");
            if (!Files.exists(target) || (anchor != null && !anchors(target).contains(anchor))) {
                broken.add(link.group());
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void documents_that_sources_refer_to_exist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path source : files(SOURCE.pattern())) {
            REFERENCE
                    .matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .filter(reference -> !Files.exists(ROOT.resolve(reference)))
                    .forEach(reference -> missing.add(ROOT.relativize(source) + ": " + reference));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void the_index_links_to_every_document() throws IOException {
        List<Path> linked = LINK.matcher(prose(DOCS.resolve("README.md")))
                .results()
                .map(link -> DOCS.resolve(link.group(1)).normalize())
                .toList();

        assertThat(linked)
                .containsAll(documents().stream()
                        .filter(document -> document.startsWith(DOCS))
                        .filter(document -> !document.endsWith("docs/README.md"))
                        .toList());
    }

    /** Keeps the map of the source code up to date when a class or method is renamed. */
    @Test
    void classes_and_methods_that_the_architecture_names_exist() throws IOException {
        List<Path> sources = files(".*\\.java");
        List<String> missing = new ArrayList<>();
        for (MatchResult named :
                NAME.matcher(prose(DOCS.resolve("architecture.md"))).results().toList()) {
            String type = "/" + named.group(1) + ".java";
            boolean exists = false;
            for (Path source : sources) {
                exists |= source.toString().endsWith(type)
                        && (named.group(2) == null || Files.readString(source).contains(" " + named.group(2) + "("));
            }
            if (!exists) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    /** A document without its fenced blocks. */
    private static String prose(Path document) throws IOException {
        return FENCE.matcher(Files.readString(document)).replaceAll("");
    }

    /** Anchors as GitHub derives them from headings; a repeated one gets a number. */
    private static List<String> anchors(Path document) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(prose(document))
                .results()
                .map(heading -> "#"
                        + heading.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                                .replace(' ', '-'))
                .map(anchor ->
                        seen.merge(anchor, 1, Integer::sum) == 1 ? anchor : anchor + "-" + (seen.get(anchor) - 1))
                .toList();
    }

    /** Files of this checkout by path, without build outputs and hidden folders. */
    private static List<Path> files(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean skipped = !folder.equals(ROOT) && (name.equals("target") || name.startsWith("."));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().replace('\\', '/').matches(pattern)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }
}
