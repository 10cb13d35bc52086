package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import java.util.List;

/**
 * The lines between the two orders. They need no script because every row has a fixed height, the same here and in
 * {@code report.css}. Both are in {@code rem}, so that lines and rows scale together with the font size of the reader.
 */
final class MoveLines {

    private static final double HEADING = 2.5;
    private static final double ROW = 3.5;
    private static final double KEPT_ROW = 6;
    private static final double WIDTH = 7;

    /** Drawing units per {@code rem}. */
    private static final double UNITS = 16;

    private MoveLines() {}

    static void draw(Html page, Ranking ranking) {
        double droppedTop = HEADING + ranking.kept().size() * KEPT_ROW + HEADING;
        double height = droppedTop + ranking.dropped().size() * ROW;
        page.begin(
                "svg",
                "class",
                "lines",
                "viewBox",
                "0 0 %s %s".formatted(units(WIDTH), units(height)),
                "width",
                WIDTH + "rem",
                "height",
                height + "rem",
                "aria-hidden",
                "true");
        // lines of kept contents come last, so that they are drawn on top
        lines(page, ranking.dropped(), droppedTop, ROW);
        lines(page, ranking.kept(), HEADING, KEPT_ROW);
        page.end();
    }

    private static void lines(Html page, List<RankedContent> contents, double top, double row) {
        for (int i = 0; i < contents.size(); i++) {
            line(page, contents.get(i), top + (i + 0.5) * row);
        }
    }

    private static void line(Html page, RankedContent content, double toMiddle) {
        String from = units(HEADING + (content.retrievalRank() - 0.5) * ROW);
        String to = units(toMiddle);
        String half = units(WIDTH / 2);
        String style =
                content.dropReason() == null ? new Move(content.retrievalRank(), content.rank()).style() : "gone";
        page.empty(
                "path",
                "class",
                "line " + style,
                "d",
                "M 0 %s C %s %s %s %s %s %s".formatted(from, half, from, half, to, units(WIDTH), to),
                "data-candidate",
                Integer.toString(content.retrievalRank()));
    }

    private static String units(double rem) {
        return Numbers.coordinate(rem * UNITS);
    }
}
