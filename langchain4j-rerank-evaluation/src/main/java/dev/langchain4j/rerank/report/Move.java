package dev.langchain4j.rerank.report;

/**
 * The change of rank of a content through reranking.
 *
 * @param from its retrieval rank
 * @param to its rank
 */
record Move(int from, int to) {

    /** Returns the class in the style sheet: {@code up}, {@code down} or {@code same}. */
    String style() {
        if (to == from) {
            return "same";
        }
        return to < from ? "up" : "down";
    }

    /** Returns the visible form, for instance {@code ▲ 7 (9 → 2)}. */
    String sign() {
        if (to == from) {
            return "= " + to;
        }
        return to < from
                ? "▲ %d (%d → %d)".formatted(from - to, from, to)
                : "▼ %d (%d → %d)".formatted(to - from, from, to);
    }

    /** Returns the form for screen readers, for instance {@code up 7, from 9 to 2}. */
    String words() {
        if (to == from) {
            return "unchanged at " + to;
        }
        return "%s %d, from %d to %d".formatted(style(), Math.abs(from - to), from, to);
    }
}
