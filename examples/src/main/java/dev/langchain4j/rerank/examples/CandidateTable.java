package dev.langchain4j.rerank.examples;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints a ranking as two short lists: the first candidates of retrieval, and those of the reranker. */
final class CandidateTable {

    private static final int ROWS = 5;
    private static final int TEXT_WIDTH = 78;

    private CandidateTable() {}

    static void print(Ranking ranking, PrintStream out) {
        List<RankedContent> candidates = Stream.concat(ranking.kept().stream(), ranking.dropped().stream())
                .sorted(Comparator.comparingInt(RankedContent::retrievalRank))
                .toList();
        out.printf("  %d candidates; before reranking the first %d were:%n", candidates.size(), ROWS);
        candidates.stream()
                .limit(ROWS)
                .forEach(candidate -> out.printf(
                        Locale.ROOT,
                        "   %2d             %8.4f  %s%n",
                        candidate.retrievalRank(),
                        KnowledgeBase.score(candidate.content()),
                        text(candidate)));
        out.println("  after reranking:");
        ranking.kept()
                .forEach(candidate -> out.printf(
                        Locale.ROOT,
                        "   %2d %-12s %8.4f  %s%n",
                        candidate.rank(),
                        move(candidate),
                        candidate.score(),
                        text(candidate)));
    }

    /** Returns the move of a candidate: {@code ▲ 7 (9 → 2)}. */
    static String move(RankedContent candidate) {
        int moved = candidate.retrievalRank() - candidate.rank();
        if (moved == 0) {
            return "=";
        }
        return "%s %d (%d → %d)"
                .formatted(moved > 0 ? "▲" : "▼", Math.abs(moved), candidate.retrievalRank(), candidate.rank());
    }

    private static String text(RankedContent candidate) {
        String text = candidate.content().textSegment().text();
        return text.length() <= TEXT_WIDTH ? text : text.substring(0, TEXT_WIDTH - 1) + "…";
    }
}
