package dev.langchain4j.rerank.scoring;

import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.TextWindower;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A windower for any token count. Windows are as long as the count allows. They begin and end between words if possible,
 * and never inside a character; a character with more tokens than a window may have is a window of its own.
 */
final class EstimatedWindower implements TextWindower {

    /** First guess of the number of characters per token; a wrong guess costs a few more counts. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final ToIntFunction<String> tokens;

    EstimatedWindower(ToIntFunction<String> tokens) {
        this.tokens = tokens;
    }

    @Override
    public List<TextWindow> windows(String text, int maxTokens, int overlap) {
        List<TextWindow> windows = new ArrayList<>();
        int start = 0;
        int end = end(text, 0, maxTokens);
        windows.add(new TextWindow(0, end));
        while (end < text.length()) {
            start = overlap == 0 ? end : overlapStart(text, start, end, overlap);
            int next = end(text, start, maxTokens);
            if (next <= end) { // the overlap leaves no room for the next word
                start = end;
                next = end(text, start, maxTokens);
            }
            end = next;
            windows.add(new TextWindow(start, end));
        }
        return windows;
    }

    /** The end of the longest window from {@code start}. */
    private int end(String text, int start, int maxTokens) {
        int fits = start;
        int reach = start;
        do {
            fits = reach;
            long further = Math.max((long) CHARACTERS_PER_TOKEN * maxTokens, 2L * (reach - start));
            reach = (int) Math.min(text.length(), start + further);
            if (reach == fits) {
                return text.length();
            }
        } while (tokens.applyAsInt(text.substring(start, reach)) <= maxTokens);
        while (reach - fits > 1) {
            int middle = (fits + reach) >>> 1;
            if (tokens.applyAsInt(text.substring(start, middle)) <= maxTokens) {
                fits = middle;
            } else {
                reach = middle;
            }
        }
        for (int i = fits; i > start + (fits - start) / 2; i--) {
            if (betweenWords(text, i)) {
                return i;
            }
        }
        int end = betweenCharacters(text, fits) ? fits : fits - 1;
        return end > start ? end : text.offsetByCodePoints(start, 1);
    }

    /** The start of a window that shares up to {@code overlap} tokens with the one from {@code start} to {@code end}. */
    private int overlapStart(String text, int start, int end, int overlap) {
        int tooMany = start;
        int fits = end;
        while (fits - tooMany > 1) {
            int middle = (tooMany + fits) >>> 1;
            if (tokens.applyAsInt(text.substring(middle, end)) <= overlap) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        for (int i = fits; i < fits + (end - fits + 1) / 2; i++) {
            if (betweenWords(text, i)) {
                return i;
            }
        }
        return betweenCharacters(text, fits) ? fits : fits + 1;
    }

    private static boolean betweenWords(String text, int index) {
        return Character.isWhitespace(text.charAt(index - 1)) || Character.isWhitespace(text.charAt(index));
    }

    private static boolean betweenCharacters(String text, int index) {
        return index == text.length()
                || !Character.isLowSurrogate(text.charAt(index))
                || !Character.isHighSurrogate(text.charAt(index - 1));
    }
}
