package dev.langchain4j.rerank.report;

/**
 * How far reranking moved a content.
 *
 * @param from its retrieval rank
 * @param to its rank
 */
record Move(int from, int to) {

    /** The class in the style sheet: {@code up}, {@code down} or {@code same}. */
    String style() {
        if (to == from) {
            return "same";
        }
        return to < from ? "up" : "down";
    }

    /** For the eye: {@code ▲ 7 (9 → 2)}. */
    String sign() {
        if (to == from) {
            return "= " + to;
        }
        return to < from
                ? "▲ %d (%d → %d)".formatted(from - to, from, to)
                : "▼ %d (%d → %d)".formatted(to - from, from, to);
    }

    /** For the ear: {@code up 7, from 9 to 2}. */
    String words() {
        if (to == from) {
            return "still " + to;
        }
        return "%s %d, from %d to %d".formatted(style(), Math.abs(from - to), from, to);
    }
}
