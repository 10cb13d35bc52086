package dev.langchain4j.rerank.report;

import java.util.List;

/**
 * A chart of point series on two axes, with a line at the baseline. Sized for a phone and scaled up on larger windows.
 * Series differ by the shape of their points, not only by colour.
 */
final class Chart {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 250;
    private static final int LEFT = 46;
    private static final int RIGHT = 338;
    private static final int TOP = 30;
    private static final int BOTTOM = 206;

    /** Circle, square, triangle and diamond of about the same size, centred at 0, 0. */
    private static final List<String> SHAPES = List.of(
            "M -5 0 A 5 5 0 1 0 5 0 A 5 5 0 1 0 -5 0 Z",
            "M -4.5 -4.5 H 4.5 V 4.5 H -4.5 Z",
            "M 0 -5.5 L 5.5 4.5 H -5.5 Z",
            "M 0 -6 L 6 0 L 0 6 L -6 0 Z");

    /** Number of series colours in the style sheet; together with the shapes they give 12 different marks. */
    private static final int COLOURS = 6;

    private final Html page;
    private final Axis across;
    private final Axis up;

    /**
     * Creates a chart on a page.
     *
     * @param across the axis from left to right
     * @param up the axis from bottom to top
     */
    Chart(Html page, Axis across, Axis up) {
        this.page = page;
        this.across = across;
        this.up = up;
    }

    /** A series of points, joined by a line. */
    record Series(List<Point> points) {}

    /**
     * A point of a series.
     *
     * @param label the text next to it; may be empty
     * @param description the point in words, shown as a tooltip
     */
    record Point(double x, double y, String label, String description) {}

    void draw(String title, String baselineName, double baseline, List<Series> series) {
        page.begin("figure").element("figcaption", title);
        page.begin("svg", "class", "chart", "viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT), "role", "img");
        page.element("title", title + ". The table below has the numbers.");
        axes();
        line("baseline", LEFT, y(baseline), RIGHT, y(baseline));
        label(baselineName, RIGHT, y(baseline) - 5, "end");
        for (int i = 0; i < series.size(); i++) {
            draw(series.get(i).points(), i);
        }
        page.end().end();
    }

    /** Draws the mark of a series for a legend. */
    static void mark(Html page, int series) {
        page.begin("svg", "class", "mark", "viewBox", "-8 -8 16 16", "aria-hidden", "true");
        page.empty("path", "class", "point " + colour(series), "d", shape(series))
                .end();
    }

    private void axes() {
        for (double tick : up.ticks().values()) {
            line("grid", LEFT, y(tick), RIGHT, y(tick));
            label(up.text(tick), LEFT - 6, y(tick) + 3.5, "end");
        }
        for (double tick : across.ticks().values()) {
            line("grid", x(tick), BOTTOM, x(tick), BOTTOM + 4);
            label(across.text(tick), x(tick), BOTTOM + 16, "middle");
        }
        label(up.label(), 2, 13, "start");
        label(across.label(), (LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle");
    }

    private void draw(List<Point> points, int series) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? "M " : " L ")
                    .append(Numbers.coordinate(x(point.x())))
                    .append(' ')
                    .append(Numbers.coordinate(y(point.y())));
        }
        page.empty("path", "class", "course " + colour(series), "d", path.toString());
        points.forEach(point -> draw(point, series));
    }

    private void draw(Point point, int series) {
        String position =
                "translate(%s %s)".formatted(Numbers.coordinate(x(point.x())), Numbers.coordinate(y(point.y())));
        page.begin("path", "class", "point " + colour(series), "d", shape(series), "transform", position);
        page.element("title", point.description()).end();
        if (!point.label().isEmpty()) {
            // labels alternate between above and below, because the lines of two series may be close
            label(point.label(), x(point.x()), y(point.y()) + (series % 2 == 0 ? -9 : 16), "middle");
        }
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        page.empty(
                "line",
                "class",
                style,
                "x1",
                Numbers.coordinate(x1),
                "y1",
                Numbers.coordinate(y1),
                "x2",
                Numbers.coordinate(x2),
                "y2",
                Numbers.coordinate(y2));
    }

    private void label(String text, double x, double y, String anchor) {
        page.element("text", text, "x", Numbers.coordinate(x), "y", Numbers.coordinate(y), "text-anchor", anchor);
    }

    private double x(double value) {
        return LEFT + across.position(value) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - up.position(value) * (BOTTOM - TOP);
    }

    private static String colour(int series) {
        return "series-" + series % COLOURS;
    }

    private static String shape(int series) {
        return SHAPES.get(series % SHAPES.size());
    }
}
