package dev.langchain4j.rerank;

/**
 * A part of a text.
 *
 * @param start first character, from 0, in UTF-16 units as in {@link String#substring(int, int)}
 * @param end one past the last character, at least {@code start}
 */
public record TextWindow(int start, int end) {

    public TextWindow {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "a text window needs 0 <= start <= end, got start %d and end %d".formatted(start, end));
        }
    }
}
