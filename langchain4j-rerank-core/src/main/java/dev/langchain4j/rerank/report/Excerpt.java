package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.TextWindow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text, around its best window if it has one.
 *
 * @param start where the part begins in the text, from 0
 * @param end one past its end
 * @param length of the whole text
 * @param before what stands before the window; all of it if there is no window
 * @param marked what of the window is in the part; empty if there is no window
 * @param after what stands after the window
 */
record Excerpt(int start, int end, int length, String before, String marked, String after) {

    /** An excerpt of a ranked text; see {@link #of(String, TextWindow, int)}. */
    static Excerpt of(RankedContent content, int limit) {
        return of(content.content().textSegment().text(), content.detail().bestWindow(), limit);
    }

    /**
     * The beginning of a text, or the part around its best window.
     *
     * @param limit characters shown at most, at least 2
     */
    static Excerpt of(String text, @Nullable TextWindow window, int limit) {
        if (window == null || window.end() > text.length() || window.start() == window.end()) {
            int end = boundary(text, Math.min(limit, text.length()));
            return new Excerpt(0, end, text.length(), text.substring(0, end), "", "");
        }
        int lead = Math.max(0, (limit - (window.end() - window.start())) / 2);
        int start = Math.max(0, Math.min(window.start() - lead, text.length() - limit));
        start = boundary(text, Math.min(start, window.start()));
        int end = boundary(text, Math.min(text.length(), start + limit));
        int from = boundary(text, window.start());
        int to = boundary(text, Math.min(window.end(), end));
        return new Excerpt(
                start,
                end,
                text.length(),
                text.substring(start, from),
                text.substring(from, to),
                text.substring(to, end));
    }

    void write(Html page) {
        page.text((cutBefore() ? "… " : "") + before);
        if (!marked.isEmpty()) {
            page.element("mark", marked);
        }
        page.text(after + (cutAfter() ? " …" : ""));
    }

    /** Which part of the text it is, in words. */
    String place() {
        return String.format(Locale.ROOT, "characters %,d to %,d of %,d", start + 1, end, length);
    }

    boolean cutBefore() {
        return start > 0;
    }

    boolean cutAfter() {
        return end < length;
    }

    /** The index, or the one before it if it would split a surrogate pair. */
    private static int boundary(String text, int index) {
        boolean splits = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return splits ? index - 1 : index;
    }
}
