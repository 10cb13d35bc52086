package dev.langchain4j.rerank;

import dev.langchain4j.rerank.internal.Arguments;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Cuts at the largest drop from one score to the next. */
record ScoreGap(int min, int max) implements SelectionPolicy {

    ScoreGap {
        Arguments.atLeast("min", 1, min);
        if (max < min) {
            throw new InvalidOptionException(
                    "max", "max must be at least min, got min %d and max %d".formatted(min, max));
        }
    }

    @Override
    public Selection select(Selection selection) {
        List<RankedContent> scored = selection.kept().stream()
                .filter(content -> content.score() != null)
                .sorted(Comparator.comparingInt(RankedContent::rank))
                .toList();
        int count = Math.min(max, scored.size());
        double widest = 0;
        for (int candidate = min; candidate <= Math.min(max, scored.size() - 1); candidate++) {
            double drop = dropAfter(scored, candidate);
            if (drop > widest) {
                widest = drop;
                count = candidate;
            }
        }
        if (count == scored.size()) {
            return selection;
        }
        int last = scored.get(count - 1).rank();
        String reason = widest > 0
                ? String.format(Locale.ROOT, "below the score gap of %.4f after #%d", widest, last)
                : "beyond %d without a score gap".formatted(max);
        return selection.drop(content -> content.score() != null && content.rank() > last ? reason : null);
    }

    private static double dropAfter(List<RankedContent> scored, int count) {
        Double score = scored.get(count - 1).score();
        Double next = scored.get(count).score();
        return score == null || next == null ? 0 : score - next;
    }
}
