package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages in docs/reference/troubleshooting.md are messages of the code. */
class TroubleshootingTest {

    private static final Path ROOT = ProjectDirectory.root();
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern VARYING = Pattern.compile("…|\\.\\.\\.");

    @Test
    void every_message_is_in_the_code() throws IOException {
        String code = code();
        List<String> messages = MESSAGE.matcher(Files.readString(ROOT.resolve("docs/reference/troubleshooting.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(messages).hasSizeGreaterThan(15);
        assertThat(messages)
                .allSatisfy(message -> assertThat(VARYING.splitAsStream(message)
                                .map(String::strip)
                                .filter(part -> part.length() > 3))
                        .allSatisfy(part -> assertThat(code).contains(part)));
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return CONCATENATION
                    .matcher(files.filter(TroubleshootingTest::isCode)
                            .map(TroubleshootingTest::read)
                            .collect(Collectors.joining("\n")))
                    .replaceAll("");
        }
    }

    private static boolean isCode(Path file) {
        String path = file.toString();
        return (path.contains("/src/main/") && path.endsWith(".java")) || path.endsWith("fetch-weights.xml");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
