package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the code in documents equal to compiled code. A Java fence in Markdown is preceded by {@code <!-- snippet: FILE#REGION -->} and equals the
 * lines between {@code // tag::REGION} and {@code // end::REGION} of that compiled file, without their common indent.
 * {@code -Ddocs.update=true} rewrites the fences. Printed output is checked by
 * {@link DocsOutput}, links by {@link DocsLinksTest}.
 */
class DocsSnippetsTest {

    private static final Path ROOT = ProjectDirectory.root();
    private static final Pattern FENCE = Pattern.compile(
            "(?:<!-- snippet: (?<file>[^#\\s]+)#(?<region>\\S+) -->\\n)?```java\\n(?<code>.*?)```", Pattern.DOTALL);
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>langchain4j-rerank[^<]*</artifactId>\\s*<version>(?<version>[^<]+)</version>"
                    + "|dev.langchain4j:langchain4j-rerank[\\w-]*:(?<gradle>[\\w.-]+)");

    static List<Path> documents() throws IOException {
        return DocsOutput.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void java_fences_equal_the_compiled_regions_they_name(Path document) throws IOException {
        // given
        String written = Files.readString(document);
        // when
        String expected = FENCE.matcher(written).replaceAll(fence -> {
            Matcher match = (Matcher) fence;
            assertThat(match.group("file"))
                    .as("a java fence in %s names no snippet:%n%s", document, match.group("code"))
                    .isNotNull();
            String file = match.group("file");
            String region = match.group("region");
            return Matcher.quoteReplacement("<!-- snippet: %s#%s -->%n```java%n%s```"
                    .formatted(file, region, region(ROOT.resolve(file), region)));
        });
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(document, expected);
            return;
        }
        // then
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void getting_started_prints_what_the_documents_show(@TempDir Path folder) throws Exception {
        DocsOutput.GETTING_STARTED.assertPrinted(printed(
                folder,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GettingStarted.class.getName()));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_demo_prints_the_help_that_the_documents_show(@TempDir Path folder) throws Exception {
        DocsOutput.HELP.assertPrinted(printed(folder, ROOT.resolve("demo").toString(), "--help"));
    }

    /** Returns the standard output of a program that succeeds. */
    private static String printed(Path folder, String... command) throws Exception {
        Path output = folder.resolve("output.txt");
        Process program = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(program.waitFor()).isZero();
        return Files.readString(output);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void outputs_are_those_that_a_test_compares(Path document) throws IOException {
        assertThat(Stream.of(DocsOutput.values()).map(DocsOutput::title)).containsAll(DocsOutput.shownIn(document));
    }

    @Test
    void tests_that_contributors_are_pointed_to_exist() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                sources.merge(
                        file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        assertThat(TEST.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                        .results())
                .isNotEmpty()
                .allSatisfy(test -> assertThat(sources.getOrDefault(test.group(1), ""))
                        .as(test.group())
                        .contains(test.group(2) == null ? "class " + test.group(1) : "void " + test.group(2) + "("));
    }

    @Test
    void dependency_blocks_name_the_version_of_the_project() throws IOException {
        String version = projectVersion();
        for (Path document : documents()) {
            Matcher dependency = VERSION.matcher(Files.readString(document));
            while (dependency.find()) {
                assertThat(dependency.group(dependency.group("version") == null ? "gradle" : "version"))
                        .as(document.toString())
                        .isEqualTo(version);
            }
        }
    }

    @Test
    void the_page_of_versions_names_those_of_the_build() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/reference/versions-and-platforms.md"));
        List<String> versions = new ArrayList<>(versions(
                "pom.xml",
                "langchain4j|langchain4j.(?:core|milvus|embeddings|spring)|djl|pytorch|onnxruntime|okhttp|jackson|failsafe"
                        + "|caffeine|resilience4j|micrometer|opentelemetry|awssdk|google.auth"));
        for (String boot : List.of("boot-3.5", "boot-4.0", "boot-4.1")) {
            versions.addAll(versions("spring-boot-tests/" + boot + "/pom.xml", "boot"));
        }
        assertThat(versions).hasSize(20).allSatisfy(version -> assertThat(page).contains(version));
    }

    private static List<String> versions(String pom, String names) throws IOException {
        return Pattern.compile("<(?:" + names + ").version>([^<]+)<")
                .matcher(Files.readString(ROOT.resolve(pom)))
                .results()
                .map(version -> version.group(1))
                .toList();
    }

    /** Heading in the changelog: version and date of a release, or the unreleased changes of a snapshot. */
    @Test
    void the_changelog_has_a_section_for_the_version_of_the_project() throws IOException {
        String version = projectVersion();
        assertThat(HEADING.matcher(Files.readString(ROOT.resolve("CHANGELOG.md")))
                        .results()
                        .map(MatchResult::group))
                .anyMatch(heading -> version.endsWith("-SNAPSHOT")
                        ? heading.equals("## Unreleased")
                        : heading.matches("## " + Pattern.quote(version) + " - \\d{4}-\\d\\d-\\d\\d"));
    }

    private static String region(Path file, String region) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : readLines(file)) {
            if (line.strip().equals("// end::" + region)) {
                return dedent(lines);
            }
            if (inside && !line.strip().startsWith("// tag::") && !line.strip().startsWith("// end::")) {
                lines.add(line);
            }
            inside |= line.strip().equals("// tag::" + region);
        }
        throw new AssertionError("no region %s in %s".formatted(region, file));
    }

    private static String dedent(List<String> lines) {
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        StringBuilder code = new StringBuilder();
        for (String line : lines) {
            code.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
        }
        return code.toString();
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError("a document names a snippet of " + file + ", which cannot be read", e);
        }
    }

    private static String projectVersion() throws IOException {
        Matcher version = Pattern.compile(
                        "<artifactId>langchain4j-rerank-parent</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
