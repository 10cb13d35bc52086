package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.TextWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Splits a tokenised text into windows. It splits between words if possible, because half a word has other tokens; a
 * window then contains fewer tokens, and shares fewer with its neighbour, than the maximum.
 */
final class TokenWindows {

    private final int[] starts;
    private final long[] words;
    private final int textLength;

    /**
     * Creates the windows of one text.
     *
     * @param starts index in the text where each token starts, in UTF-16 units
     * @param words number of the word of each token
     * @param textLength in UTF-16 units
     */
    TokenWindows(int[] starts, long[] words, int textLength) {
        this.starts = starts;
        this.words = words;
        this.textLength = textLength;
    }

    /** See {@link dev.langchain4j.rerank.TextWindower#windows}. */
    List<TextWindow> cut(int maxTokens, int overlap) {
        List<TextWindow> windows = new ArrayList<>();
        int from = 0;
        int to = end(from, maxTokens);
        while (to < starts.length) {
            windows.add(new TextWindow(position(from), position(to)));
            from = nextStart(from, to, overlap);
            to = end(from, maxTokens);
        }
        windows.add(new TextWindow(position(from), textLength));
        return windows;
    }

    /** Returns the end of a window: before a word if it contains a whole one, otherwise before a character. */
    private int end(int from, int maxTokens) {
        int limit = from + maxTokens;
        if (limit >= starts.length) {
            return starts.length;
        }
        int to = last(from + 1, limit, this::startsWord);
        if (to < 0) {
            to = last(from + 1, limit, this::startsCharacter);
        }
        // a character of more tokens than a window
        return to >= 0 ? to : first(limit, starts.length, this::startsCharacter);
    }

    /** Returns the start of the next window: at most {@code overlap} tokens are shared. */
    private int nextStart(int from, int to, int overlap) {
        int earliest = Math.max(from + 1, to - overlap);
        int next = first(earliest, to, this::startsWord);
        return next < to ? next : first(earliest, to, this::startsCharacter);
    }

    private boolean startsWord(int token) {
        return words[token] != words[token - 1] && startsCharacter(token);
    }

    /** Returns whether a character starts here: byte-level tokenizers split one character into several tokens. */
    private boolean startsCharacter(int token) {
        return starts[token] > starts[token - 1];
    }

    /**
     * Returns the last token from {@code from} to {@code to}, both included, that is a boundary; -1 if there is none.
     */
    private static int last(int from, int to, IntPredicate boundary) {
        int token = to;
        while (token >= from && !boundary.test(token)) {
            token--;
        }
        return token >= from ? token : -1;
    }

    /** Returns the first token from {@code from} on that is a boundary; {@code end} if there is none before. */
    private static int first(int from, int end, IntPredicate boundary) {
        int token = from;
        while (token < end && !boundary.test(token)) {
            token++;
        }
        return token;
    }

    private int position(int token) {
        return token == 0 ? 0 : starts[token];
    }
}
