package dev.langchain4j.rerank.benchmarks.peers;

import dev.langchain4j.rerank.benchmarks.Machine;
import dev.langchain4j.rerank.benchmarks.peers.Results.Comparison;
import java.util.List;
import java.util.Locale;

/** A comparison as an SVG picture that follows the reader's light or dark scheme: one bar per contender, with its ratio. */
final class BarChart {

    private static final int WIDTH = 800;
    private static final int LABELS = 350;
    private static final int BARS = 300;
    private static final int TOP = 58;
    private static final int ROW = 28;
    private static final int BAR = 18;

    private BarChart() {}

    static String of(Comparison comparison, Machine machine) {
        List<Contender> contenders = comparison.millis().keySet().stream()
                .filter(contender -> contender != Contender.TOKENISING)
                .sorted((a, b) -> Double.compare(comparison.ratio(a), comparison.ratio(b)))
                .toList();
        double longest = comparison.ratio(contenders.get(contenders.size() - 1));
        int height = TOP + contenders.size() * ROW + 34;
        StringBuilder svg = new StringBuilder(head(height, comparison));
        for (int i = 0; i < contenders.size(); i++) {
            svg.append(bar(contenders.get(i), comparison, longest, TOP + i * ROW));
        }
        return svg.append("<text x=\"16\" y=\"%d\" class=\"small\">%s</text>%n</svg>%n"
                        .formatted(
                                height - 14,
                                escaped(machine.cpu() + ", " + machine.processors() + " processors, "
                                        + String.join(" ", machine.flags()) + "; shorter is faster")))
                .toString();
    }

    private static String head(int height, Comparison comparison) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="Time to score %3$d passages, this library being 1">
                <style>
                  svg { font: 13px system-ui, sans-serif; background: #fff }
                  text { fill: #1f2328 } .small { fill: #59636e; font-size: 12px } .title { font-size: 16px; font-weight: 600 }
                  .ours { fill: #1a7f37 } .other { fill: #8c959f }
                  @media (prefers-color-scheme: dark) {
                    svg { background: #0d1117 }
                    text { fill: #f0f6fc } .small { fill: #9198a1 } .ours { fill: #3fb950 } .other { fill: #6e7681 }
                  }
                </style>
                <text x="16" y="26" class="title">Time to score %3$d passages of 20 to 250 tokens</text>
                <text x="16" y="45" class="small">this library is 1; the same int8 model, or its weights in fp32; medians of interleaved rounds</text>
                """.formatted(WIDTH, height, comparison.passages());
    }

    private static String bar(Contender contender, Comparison comparison, double longest, int y) {
        double ratio = comparison.ratio(contender);
        double width = Math.max(2, BARS * ratio / longest);
        String kind = contender == Contender.OURS ? "ours" : "other";
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" rx="2" class="%s"/>
                <text x="%.1f" y="%d">%.2f <tspan class="small">%,.0f ms</tspan></text>
                """,
                LABELS - 8,
                y + 14,
                escaped(contender.title()),
                LABELS,
                y,
                width,
                BAR,
                kind,
                LABELS + width + 6,
                y + 14,
                ratio,
                comparison.median(contender));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
