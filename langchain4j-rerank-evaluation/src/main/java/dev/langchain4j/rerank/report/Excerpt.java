package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.TextWindow;
import java.text.BreakIterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An excerpt of a text for display, with its best window marked if it has one.
 *
 * @param start start of the excerpt in the text, from 0
 * @param end end of the excerpt, exclusive
 * @param length length of the whole text
 * @param before the excerpt before the window; empty if there is no window
 * @param marked the part of the window that is in the excerpt; empty if there is no window
 * @param after the excerpt after the window; the whole excerpt if there is no window
 */
record Excerpt(int start, int end, int length, String before, String marked, String after) {

    /** Number of characters of a word above which the word is cut instead of omitted. */
    private static final int LONG_WORD = 30;

    private static final TextWindow NOWHERE = new TextWindow(0, 0);

    /** Returns the beginning of a ranked text. */
    static Excerpt beginning(RankedContent content, int limit) {
        return of(content.content().textSegment().text(), null, limit);
    }

    /** Returns the part of a ranked text around its best window, or its beginning if it has none. */
    static Excerpt best(RankedContent content, int limit) {
        return of(content.content().textSegment().text(), content.detail().bestWindow(), limit);
    }

    /**
     * Returns an excerpt that begins and ends between words, unless a word is very long.
     *
     * @param window the window to mark, in the middle of the excerpt; null for the beginning of the text
     * @param limit approximate maximum number of characters
     */
    static Excerpt of(String text, @Nullable TextWindow window, int limit) {
        TextWindow mark = window != null && window.end() <= text.length() ? window : NOWHERE;
        int from = wholeCharacter(text, mark.start());
        int to = wholeCharacter(text, mark.end());
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        int lead = Math.max(0, (limit - (to - from)) / 2);
        int first = Math.max(0, Math.min(from - lead, text.length() - limit));
        int last = Math.min(text.length(), first + limit);
        int start = betweenWords(words, text, first);
        int end = betweenWords(words, text, last);
        if (end < from) {
            end = wholeCharacter(text, last);
        }
        int markedEnd = Math.min(to, end);
        return new Excerpt(
                start,
                end,
                text.length(),
                text.substring(start, from),
                text.substring(from, markedEnd),
                text.substring(markedEnd, end));
    }

    void write(Html page) {
        page.text((cutBefore() ? "… " : "") + before);
        if (!marked.isEmpty()) {
            page.element("mark", marked);
        }
        page.text(after + (cutAfter() ? " …" : ""));
    }

    /** Returns the position of the excerpt in words. */
    String place() {
        return String.format(Locale.ROOT, "characters %,d to %,d of %,d", start + 1, end, length);
    }

    boolean cutBefore() {
        return start > 0;
    }

    boolean cutAfter() {
        return end < length;
    }

    /** Returns the index, or the end of the word before it unless that is far away. */
    private static int betweenWords(BreakIterator words, String text, int index) {
        int boundary = words.isBoundary(index) ? index : words.preceding(index);
        return index - boundary <= LONG_WORD ? boundary : wholeCharacter(text, index);
    }

    /** Returns the index, or the index before it if it would split a surrogate pair. */
    private static int wholeCharacter(String text, int index) {
        boolean splits = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return splits ? index - 1 : index;
    }
}
