package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Builds a ranking: normalises and combines scores, sorts, runs the selection steps and records each decision.
 *
 * @param scale the meaning of the model's scores
 * @param steps in the order in which they run
 * @param onFailure whether a step that fails is left out
 */
record RankingAssembler(
        ScoreScale scale,
        ScoreNormalizer normalizer,
        ScoreCombiner combiner,
        List<SelectionPolicy> steps,
        FailurePolicy onFailure) {

    RankingAssembler {
        steps = List.copyOf(steps);
    }

    Ranking assemble(String query, Shortlist shortlist, BestScores scores) {
        Selection selection = Selection.all(byScore(shortlist, scores));
        Throwable failure = scores.failure();
        for (SelectionPolicy step : steps) {
            try {
                selection = step.select(selection);
            } catch (RuntimeException e) {
                if (onFailure == FailurePolicy.THROW) {
                    throw e;
                }
                failure = failure == null ? e : failure;
            }
        }
        List<RankedContent> dropped = new ArrayList<>(selection.dropped());
        dropped.sort(Comparator.comparingInt(RankedContent::rank));
        dropped.addAll(leftOut(shortlist));
        boolean degraded = failure != null || scores.scoredCount() < shortlist.size();
        return new Ranking(query, selection.kept(), dropped, degraded, failure, scores.times());
    }

    /**
     * The whole shortlist: scored candidates, best first, then the others; both in retrieval order where they tie.
     */
    private List<RankedContent> byScore(Shortlist shortlist, BestScores scores) {
        int[] scored =
                IntStream.range(0, shortlist.size()).filter(scores::scored).toArray();
        double[] reported = reported(scored, shortlist, scores);
        List<RankedContent> ranked = new ArrayList<>(shortlist.size());
        IntStream.range(0, scored.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -reported[i]))
                .forEach(i -> {
                    Shortlist.Entry entry = shortlist.entries().get(scored[i]);
                    ranked.add(RankedContent.scored(
                            entry.candidate().content(),
                            entry.retrievalRank(),
                            ranked.size() + 1,
                            scores.score(scored[i]),
                            reported[i],
                            scores.detail(scored[i])));
                });
        for (int index = 0; index < shortlist.size(); index++) {
            if (!scores.scored(index)) {
                ranked.add(unscored(shortlist.entries().get(index), ranked.size() + 1, scores.detail(index)));
            }
        }
        return ranked;
    }

    private double[] reported(int[] scored, Shortlist shortlist, BestScores scores) {
        if (scored.length == 0) {
            return new double[0];
        }
        double[] normalized = normalizer.normalize(
                IntStream.of(scored).mapToDouble(scores::score).toArray(), scale);
        if (normalized.length != scored.length) {
            throw new IllegalStateException("the normalizer returned %d scores for %d; it must return one for each"
                    .formatted(normalized.length, scored.length));
        }
        double[] reported = new double[scored.length];
        for (int i = 0; i < scored.length; i++) {
            reported[i] = finite(
                    "the combiner",
                    combiner.combine(
                            finite("the normalizer", normalized[i]),
                            shortlist.candidate(scored[i]).retrievalScore()));
        }
        return reported;
    }

    private static double finite(String source, double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalStateException("%s returned %s; a score must be a finite number".formatted(source, score));
        }
        return score;
    }

    private static RankedContent unscored(Shortlist.Entry entry, int rank, ScoreDetail detail) {
        return RankedContent.unscored(entry.candidate().content(), entry.retrievalRank(), rank, detail);
    }

    private static List<RankedContent> leftOut(Shortlist shortlist) {
        List<RankedContent> dropped = new ArrayList<>();
        int rank = shortlist.size();
        for (Shortlist.LeftOut left : shortlist.leftOut()) {
            dropped.add(
                    unscored(left.entry(), ++rank, ScoreDetail.ofRetrieval()).withDropReason(left.reason()));
        }
        return dropped;
    }
}
