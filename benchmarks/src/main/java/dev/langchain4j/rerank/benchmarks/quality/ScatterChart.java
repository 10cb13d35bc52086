package dev.langchain4j.rerank.benchmarks.quality;

import java.util.List;
import java.util.Locale;

/** Quality above time as an SVG picture that follows the reader's light or dark scheme: one numbered point per way. */
final class ScatterChart {

    private static final int WIDTH = 800;
    private static final int LEFT = 70;
    private static final int RIGHT = 770;
    private static final int TOP = 66;
    private static final int BOTTOM = 380;
    private static final int LEGEND = 440;
    private static final int ROW = 20;
    private static final double LINES_OF_TIME = 8;
    private static final double QUALITY_A_LINE = 0.01;

    private final List<Outcome> outcomes;
    private final double millisALine;
    private final double longest;
    private final double worst;
    private final double best;

    private ScatterChart(List<Outcome> outcomes) {
        this.outcomes = outcomes;
        double slowest =
                outcomes.stream().mapToDouble(Outcome::medianMillis).max().orElseThrow();
        millisALine = 100 * Math.ceil(slowest / 100 / LINES_OF_TIME);
        longest = up(slowest, millisALine);
        worst = down(outcomes.stream().mapToDouble(Outcome::meanQuality).min().orElseThrow(), QUALITY_A_LINE);
        best = up(outcomes.stream().mapToDouble(Outcome::meanQuality).max().orElseThrow(), QUALITY_A_LINE);
    }

    static String of(List<Outcome> outcomes) {
        return new ScatterChart(outcomes).svg();
    }

    private static double up(double value, double step) {
        return (Math.floor(value / step) + 1) * step;
    }

    private static double down(double value, double step) {
        return (Math.ceil(value / step) - 1) * step;
    }

    private String svg() {
        int height = LEGEND + outcomes.size() * ROW + 10;
        StringBuilder svg = new StringBuilder(head(height));
        for (double quality = worst; quality < best + QUALITY_A_LINE / 2; quality += QUALITY_A_LINE) {
            svg.append(horizontal(quality));
        }
        for (double millis = 0; millis < longest + millisALine / 2; millis += millisALine) {
            svg.append(vertical(millis));
        }
        for (int i = 0; i < outcomes.size(); i++) {
            svg.append(point(i + 1, outcomes.get(i)));
            svg.append(legend(i + 1, outcomes.get(i), LEGEND + i * ROW));
        }
        return svg.append("</svg>\n").toString();
    }

    private String head(int height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="nDCG@10 on Cranfield against time per query, by way to rerank">
                <style>
                  svg { font: 13px system-ui, sans-serif; background: #fff }
                  text { fill: #1f2328 } .small { fill: #59636e; font-size: 12px } .title { font-size: 16px; font-weight: 600 }
                  line { stroke: #d1d9e0 } circle { fill: #1a7f37 } .number { fill: #fff; font-size: 11px }
                  @media (prefers-color-scheme: dark) {
                    svg { background: #0d1117 }
                    text { fill: #f0f6fc } .small { fill: #9198a1 } line { stroke: #3d444d } circle { fill: #3fb950 } .number { fill: #0d1117 }
                  }
                </style>
                <text x="16" y="26" class="title">Quality against time on %3$d queries of Cranfield</text>
                <text x="16" y="45" class="small">nDCG@10 above milliseconds per query (median), up to %4$d candidates each; up and to the left is better</text>
                """.formatted(WIDTH, height, outcomes.get(0).millis().size(), Ways.CANDIDATES);
    }

    private double x(double millis) {
        return LEFT + (RIGHT - LEFT) * millis / longest;
    }

    private double y(double quality) {
        return BOTTOM - (BOTTOM - TOP) * (quality - worst) / (best - worst);
    }

    private String horizontal(double quality) {
        return format("""
                <line x1="%d" y1="%.1f" x2="%d" y2="%.1f"/>
                <text x="%d" y="%.1f" text-anchor="end" class="small">%.2f</text>
                """, LEFT, y(quality), RIGHT, y(quality), LEFT - 8, y(quality) + 4, quality);
    }

    private String vertical(double millis) {
        return format("""
                <line x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>
                <text x="%.1f" y="%d" text-anchor="middle" class="small">%,.0f</text>
                """, x(millis), TOP, x(millis), BOTTOM, x(millis), BOTTOM + 18, millis);
    }

    private String point(int number, Outcome outcome) {
        double x = x(outcome.medianMillis());
        double y = y(outcome.meanQuality());
        return format("""
                <circle cx="%.1f" cy="%.1f" r="9"/><text x="%.1f" y="%.1f" text-anchor="middle" class="number">%d</text>
                """, x, y, x, y + 4, number);
    }

    private String legend(int number, Outcome outcome, int y) {
        return format(
                """
                <text x="%d" y="%d" text-anchor="end">%d</text><text x="%d" y="%d">%s <tspan class="small">%.4f, %,.0f ms</tspan></text>
                """, LEFT - 8, y, number, LEFT, y, outcome.way().name(), outcome.meanQuality(), outcome.medianMillis());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
