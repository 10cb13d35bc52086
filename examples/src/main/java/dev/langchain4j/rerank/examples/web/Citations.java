package dev.langchain4j.rerank.examples.web;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer with checked citations: {@code [2]} counts only if the chat model received at least two passages.
 *
 * @param parts the answer in pieces, in order
 * @param cited numbers of the passages that are cited, in order
 * @param unknown number of citations of passages that do not exist
 */
record Citations(List<Part> parts, SortedSet<Integer> cited, int unknown) {

    private static final Pattern CITATION = Pattern.compile("\\[(\\d{1,4})]");

    /**
     * A piece of the answer.
     *
     * @param text as the model wrote it
     * @param cites the number of the cited passage, from 1; null for plain text
     */
    record Part(String text, @Nullable Integer cites) {}

    /** @param passages number of passages that the chat model received */
    static Citations in(String answer, int passages) {
        List<Part> parts = new ArrayList<>();
        SortedSet<Integer> cited = new TreeSet<>();
        int unknown = 0;
        int told = 0;
        Matcher citation = CITATION.matcher(answer);
        while (citation.find()) {
            int number = Integer.parseInt(citation.group(1));
            if (number >= 1 && number <= passages) {
                words(parts, answer.substring(told, citation.start()));
                parts.add(new Part(citation.group(), number));
                cited.add(number);
                told = citation.end();
            } else {
                unknown++;
            }
        }
        words(parts, answer.substring(told));
        return new Citations(List.copyOf(parts), cited, unknown);
    }

    private static void words(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, null));
        }
    }
}
