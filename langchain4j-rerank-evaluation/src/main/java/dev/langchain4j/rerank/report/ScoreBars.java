package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.RankedContent;

/**
 * Bars of raw scores on one axis, next to the numbers.
 *
 * @param axis the axis of all bars of a page
 */
record ScoreBars(ScoreAxis axis) {

    void write(Html page, RankedContent content) {
        Double raw = content.rawScore();
        Double reported = content.score();
        page.begin("p", "class", "score");
        if (raw == null) {
            page.element("span", "not scored", "class", "value");
        } else {
            page.element("span", axis.format(raw), "class", "value");
            if (reported != null && !reported.equals(raw)) {
                page.element("span", "reported " + Numbers.score(reported), "class", "reported");
            }
            bar(page, raw);
        }
        page.end();
    }

    private void bar(Html page, double raw) {
        double origin = 100 * axis.position(axis.origin());
        double end = 100 * axis.position(raw);
        page.begin(
                "svg",
                "class",
                raw < axis.origin() ? "bar below" : "bar",
                "viewBox",
                "0 0 100 8",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        page.empty("rect", "class", "track", "width", "100", "height", "8");
        page.empty(
                "rect",
                "class",
                "length",
                "x",
                Numbers.coordinate(Math.min(origin, end)),
                "width",
                Numbers.coordinate(Math.abs(end - origin)),
                "height",
                "8");
        if (axis.crossesZero()) {
            String zero = Numbers.coordinate(100 * axis.position(0));
            page.empty("line", "class", "zero", "x1", zero, "x2", zero, "y1", "0", "y2", "8");
        }
        page.end();
    }
}
