package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.TextWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a tokenised text into windows. Cuts fall between words where they can, since half a word becomes other tokens;
 * then a window holds fewer tokens, and shares fewer with its neighbour, than it might.
 */
final class TokenWindows {

    private final int[] starts;
    private final long[] words;
    private final int textLength;

    /**
     * Windows of one text.
     *
     * @param starts place in the text where each token starts, in UTF-16 units
     * @param words number of the word that each token belongs to
     * @param textLength in UTF-16 units
     */
    TokenWindows(int[] starts, long[] words, int textLength) {
        this.starts = starts;
        this.words = words;
        this.textLength = textLength;
    }

    /** As {@link dev.langchain4j.rerank.TextWindower#windows} has it. */
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

    /** The last word boundary within reach; where one word fills the window, the token that no longer fits. */
    private int end(int from, int maxTokens) {
        if (starts.length - from <= maxTokens) {
            return starts.length;
        }
        int to = from + maxTokens;
        while (to > from && !startsWord(to)) {
            to--;
        }
        return to > from ? to : from + maxTokens;
    }

    /** The first word boundary behind {@code from} from which no more than {@code overlap} tokens are shared. */
    private int nextStart(int from, int to, int overlap) {
        int next = Math.max(from + 1, to - overlap);
        while (next < to && !startsWord(next)) {
            next++;
        }
        return next;
    }

    private boolean startsWord(int token) {
        return words[token] != words[token - 1];
    }

    private int position(int token) {
        return token == 0 ? 0 : starts[token];
    }
}
