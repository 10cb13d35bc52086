package dev.langchain4j.rerank;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link Ranking} as a table for people: one line per candidate, kept ones first. */
final class RankingTable {

    private static final int TEXT_WIDTH = 60;
    private static final String ROW = "%4s  %4s  %5s  %11s  %11s  %-10s  %s%n";

    private RankingTable() {}

    static String of(Ranking ranking) {
        StringBuilder table = new StringBuilder();
        table.append("Ranking for \"%s\": %d kept, %d dropped%s%n"
                .formatted(
                        oneLine(ranking.query()),
                        ranking.kept().size(),
                        ranking.dropped().size(),
                        ranking.degraded() ? ", degraded" : ""));
        table.append(ROW.formatted("rank", "was", "move", "score", "raw", "stage", "text"));
        appendRows(table, ranking.kept());
        appendRows(table, ranking.dropped());
        return table.toString();
    }

    private static void appendRows(StringBuilder table, List<RankedContent> contents) {
        for (RankedContent content : contents) {
            table.append(ROW.formatted(
                    content.rank(),
                    content.retrievalRank(),
                    move(content),
                    number(content.score()),
                    number(content.rawScore()),
                    content.detail().stage(),
                    oneLine(content.segment().text()) + reason(content)));
        }
    }

    private static String move(RankedContent content) {
        int moved = content.retrievalRank() - content.rank();
        return moved == 0 ? "=" : "%+d".formatted(moved);
    }

    private static String number(@Nullable Double number) {
        return number == null ? "-" : String.format(Locale.ROOT, "%.4f", number);
    }

    private static String reason(RankedContent content) {
        return content.dropReason() == null ? "" : "  [dropped: " + content.dropReason() + "]";
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= TEXT_WIDTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TEXT_WIDTH - 1)) + "…";
    }
}
