package dev.langchain4j.rerank.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Output of programs that documents show, in a fence after {@code <!-- output: NAME -->}. It equals the printed output,
 * except that numbers with a fraction may differ a little: int8 arithmetic is not the same on every CPU.
 * {@code -Ddocs.update=true} rewrites the fences whose numbers differ by more.
 */
enum DocsOutput {
    GETTING_STARTED("GettingStarted", 0.3),
    HELP("./demo --help", 0),
    COMPARISON("./demo, its last table", 0.03);

    private static final Path ROOT = ProjectDirectory.root();
    private static final Pattern FENCE =
            Pattern.compile("<!-- output: (?<name>[^>]+) -->\\n```\\n(?<printed>.*?)```", Pattern.DOTALL);
    private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+");

    private final String title;
    private final double tolerance;

    DocsOutput(String title, double tolerance) {
        this.title = title;
        this.tolerance = tolerance;
    }

    /** All Markdown files that users read. */
    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Names of the outputs that a document shows. */
    static List<String> shownIn(Path document) throws IOException {
        return FENCE.matcher(Files.readString(document))
                .results()
                .map(fence -> fence.group(1))
                .toList();
    }

    String title() {
        return title;
    }

    /** Compares each fence of this name, of which there is at least one. */
    void assertPrinted(String printed) throws IOException {
        long fences = 0;
        for (Path document : documents()) {
            fences += shownIn(document).stream().filter(title::equals).count();
            String written = Files.readString(document);
            String expected = FENCE.matcher(written).replaceAll(fence -> replacement(fence, printed));
            if (Boolean.getBoolean("docs.update")) {
                Files.writeString(document, expected);
            } else {
                assertThat(written).as("%s, output of %s", document, title).isEqualTo(expected);
            }
        }
        assertThat(fences).as("fences for the output of %s", title).isPositive();
    }

    private String replacement(MatchResult fence, String printed) {
        boolean same = !fence.group(1).equals(title) || same(fence.group(2), printed);
        return Matcher.quoteReplacement(
                same ? fence.group() : "<!-- output: %s -->\n```\n%s```".formatted(title, printed));
    }

    private boolean same(String shown, String printed) {
        return FRACTION.matcher(shown)
                        .replaceAll("x")
                        .equals(FRACTION.matcher(printed).replaceAll("x"))
                && farthest(shown, printed) <= tolerance;
    }

    /** Returns the largest difference of two numbers at the same position. */
    private static double farthest(String shown, String printed) {
        List<Double> one = fractions(shown);
        List<Double> other = fractions(printed);
        double most = 0;
        for (int i = 0; i < one.size(); i++) {
            most = Math.max(most, Math.abs(one.get(i) - other.get(i)));
        }
        return most;
    }

    private static List<Double> fractions(String text) {
        return FRACTION.matcher(text)
                .results()
                .map(number -> Double.valueOf(number.group()))
                .toList();
    }
}
