package dev.langchain4j.rerank.it;

import static java.nio.file.Files.readAllLines;
import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps comments of main sources, documents and property descriptions in plain English. Each rule forbids a phrase that
 * hides a noun or a verb that the field has; a failure names file, line and rule. Quotations and justified uses are
 * listed in {@code english-exceptions.txt}: one per line, the end of a path, a space, and a part of the line.
 */
class EnglishTest {

    private static final Path ROOT = ProjectDirectory.root();
    private static final String WORD = "[A-Za-z']+";

    /** A phrase that is not used, and the remedy. */
    enum Rule {
        NOUN_INSTEAD_OF_WHAT(
                0.2,
                "\\bwhat\\b(?! (?:to do|if|is new|it (?:means|costs|does)|they mean)\\b)",
                "use the noun: 'what the model says' is the raw score, 'what is left' the remainder"),
        RETURN_INSTEAD_OF_TELL(0, "\\b(?:tells?|told|telling)\\b", "methods return, report or accept"),
        RETURN_INSTEAD_OF_SAY(0, "\\b(?:says?|said)\\b", "messages name, models declare, documents state"),
        NOTIFY_INSTEAD_OF_HEAR(0, "\\bhears?\\b", "listeners are notified"),
        PER_INSTEAD_OF_A(
                0.1,
                "\\b(?:one|score|vector|token|thread|line|name|detail|batch|pair|run|weight|list|number|row|request|file"
                        + "|call|object)s? an? (?:text|segment|call|document|query|request|retriever|run|second|minute"
                        + "|line|worker|token|pair|processor|content|score|GPU|model|provider|class|type|candidate"
                        + "|device|ranking|part|batch|weight)\\b",
                "write 'per' or 'for each': one score per segment"),
        NOUN_INSTEAD_OF_THOSE_THAT(
                0.3,
                "\\b(?:those|that|ones?) (?:that|which|who)\\b",
                "repeat the noun: the candidates that share a text"),
        INDEX_INSTEAD_OF_PLACE(0, "\\bplace of (?:a|the) (?:text|segment|candidate|document)\\b", "write 'index'"),
        NO_METAPHOR(0, "\\b(?:whole story|desk|landing|airport|ground floor|the house)\\b", "name the thing itself");

        private final double perThousandWords;
        private final Pattern phrase;
        private final String remedy;

        /** A rule; phrases that are right now and then have a rate above 0, about half of other Java libraries'. */
        Rule(double perThousandWords, String phrase, String remedy) {
            this.perThousandWords = perThousandWords;
            this.phrase = Pattern.compile(phrase, CASE_INSENSITIVE);
            this.remedy = remedy;
        }
    }

    /** The lines of a file that are prose, by line number. */
    private record Prose(Path file, SortedMap<Integer, String> lines) {

        /** Matches of a phrase, also across the end of a line, that are no exceptions. */
        Stream<String> matches(Pattern phrase, List<String> exceptions) {
            StringBuilder text = new StringBuilder();
            NavigableMap<Integer, Integer> numbers = new TreeMap<>();
            lines.forEach((number, line) -> {
                numbers.put(text.length(), number);
                text.append(line.strip()).append(' ');
            });
            return phrase.matcher(text)
                    .results()
                    .map(match -> numbers.floorEntry(match.start()).getValue())
                    .filter(number -> exceptions.stream().noneMatch(exception -> isExcepted(number, exception)))
                    .map(number -> "%s:%d: %s"
                            .formatted(path(), number, lines.get(number).strip()));
        }

        boolean isExcepted(int number, String exception) {
            String[] parts = exception.split(" ", 2);
            return path().endsWith(parts[0]) && lines.get(number).contains(parts[1]);
        }

        String path() {
            return ROOT.relativize(file).toString().replace('\\', '/');
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_plain(Rule rule) throws IOException {
        List<String> exceptions = exceptions();
        List<Prose> all = prose().toList();

        List<String> found = all.stream()
                .flatMap(prose -> prose.matches(rule.phrase, exceptions))
                .toList();

        assertThat(found).as("%s: %s", rule, rule.remedy).hasSizeLessThanOrEqualTo((int)
                (rule.perThousandWords * count(all, WORD) / 1000));
    }

    @Test
    void methods_return() throws IOException {
        List<Prose> comments = comments().toList();
        long words = count(comments, WORD);
        double perThousand = 1000.0 * count(comments, "\\breturn(?:s|ed)?\\b") / words;

        assertThat(perThousand)
                .as("'return' per 1,000 words of %,d in comments: methods return values", words)
                .isGreaterThan(6);
    }

    @Test
    void every_exception_is_needed() throws IOException {
        List<Prose> all = prose().toList();
        long withExceptions = hits(all, exceptions());

        for (String exception : exceptions()) {
            List<String> others = new ArrayList<>(exceptions());
            others.remove(exception);
            assertThat(hits(all, others)).as(exception).isGreaterThan(withExceptions);
        }
    }

    private static long hits(List<Prose> all, List<String> exceptions) {
        return Stream.of(Rule.values())
                .mapToLong(rule -> all.stream()
                        .flatMap(prose -> prose.matches(rule.phrase, exceptions))
                        .count())
                .sum();
    }

    private static long count(List<Prose> all, String pattern) {
        Pattern compiled = Pattern.compile(pattern, CASE_INSENSITIVE);
        return all.stream()
                .flatMap(prose -> prose.lines().values().stream())
                .mapToLong(line -> compiled.matcher(line).results().count())
                .sum();
    }

    private static List<String> exceptions() throws IOException {
        return readAllLines(ROOT.resolve("integration-tests/src/test/resources/english-exceptions.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static Stream<Prose> prose() throws IOException {
        return Stream.of(comments(), documents(), descriptions()).flatMap(files -> files);
    }

    /** Comments of all main sources; the generated property descriptions of the starter are made of them. */
    private static Stream<Prose> comments() throws IOException {
        Pattern comment = Pattern.compile("^\\s*(?:/\\*\\*|\\*(?!/)) ?(.*)$|(?<![:\"'])// (.*)$");
        return files(path -> path.endsWith(".java") && path.contains("src/main/java"))
                .map(file -> prose(file, line -> {
                    Matcher match = comment.matcher(line);
                    return !match.find() ? "" : match.group(1) == null ? match.group(2) : match.group(1);
                }));
    }

    /** Documents without fenced blocks. */
    private static Stream<Prose> documents() throws IOException {
        return files(path -> path.endsWith(".md") && !path.contains("src/")).map(file -> {
            boolean[] fenced = new boolean[1];
            return prose(file, line -> {
                boolean fence = line.strip().startsWith("```");
                fenced[0] ^= fence;
                return fence || fenced[0] ? "" : line;
            });
        });
    }

    private static Stream<Prose> descriptions() throws IOException {
        return files(path -> path.endsWith("additional-spring-configuration-metadata.json"))
                .map(file -> prose(file, line -> line.contains("\"description\"") ? line : ""));
    }

    private static Stream<Path> files(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> {
                        String path = "/" + ROOT.relativize(file).toString().replace('\\', '/');
                        return !path.contains("/target/") && !path.contains("/.") && wanted.test(path);
                    })
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Prose prose(Path file, UnaryOperator<String> proseOfLine) {
        SortedMap<Integer, String> prose = new TreeMap<>();
        try {
            List<String> lines = readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                prose.put(i + 1, withoutCode(proseOfLine.apply(lines.get(i))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Prose(file, prose);
    }

    private static String withoutCode(String text) {
        return text.replaceAll("`[^`]*`", "X").replaceAll("\\{@(?:code|value) [^}]*}", "X");
    }
}
