package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.TextWindow;
import dev.langchain4j.rerank.TextWindower;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text with the windows that are scored.
 *
 * @param windows the windows that are not blank, in order, at most the budget
 * @param cut whether the budget left windows out
 */
record WindowedText(TextSegment segment, List<TextWindow> windows, boolean cut) {

    /** First guess of the maximum number of characters per token; doubled for texts whose tokens are longer. */
    private static final double CHARACTERS_PER_TOKEN = 8;

    /**
     * Splits a text. Only as much of a long text is split as the budget needs, so that the time does not grow with the
     * text.
     *
     * @param budget maximum number of windows
     */
    static WindowedText of(TextSegment segment, TextWindower windower, int window, int overlap, int budget) {
        String text = segment.text();
        for (double reach = CHARACTERS_PER_TOKEN * window * budget; ; reach *= 2) {
            int end = (int) Math.min(text.length(), reach);
            List<TextWindow> windows = windower.windows(text.substring(0, end), window, overlap).stream()
                    .filter(part -> !text.substring(part.start(), part.end()).isBlank())
                    .toList();
            // If the text goes on, its last window may differ from that of the whole text.
            if (windows.size() > budget) {
                return new WindowedText(segment, windows.subList(0, budget), true);
            }
            if (end == text.length()) {
                if (windows.isEmpty()) {
                    throw new IllegalStateException(
                            "%s returned no window for a text of %d characters; the windows must cover all of it"
                                    .formatted(windower.getClass().getSimpleName(), end));
                }
                return new WindowedText(segment, windows, false);
            }
        }
    }

    /** The segments that the inner model scores for this text. */
    Stream<TextSegment> parts() {
        return whole()
                ? Stream.of(segment)
                : windows.stream()
                        .map(window -> TextSegment.from(
                                segment.text().substring(window.start(), window.end()), segment.metadata()));
    }

    /** The detail of the text, from that of its best window. */
    ScoreDetail detail(int best, ScoreDetail ofWindow) {
        return ofWindow.withBestWindow(bestWindow(windows.get(best), ofWindow))
                .withTruncated(cut || ofWindow.truncated());
    }

    private @Nullable TextWindow bestWindow(TextWindow window, ScoreDetail ofWindow) {
        TextWindow inside = ofWindow.bestWindow();
        if (inside != null) {
            return new TextWindow(window.start() + inside.start(), window.start() + inside.end());
        }
        return whole() ? null : window;
    }

    private boolean whole() {
        TextWindow first = windows.get(0);
        return first.start() == 0 && first.end() == segment.text().length();
    }
}
