package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a ranking of scores: reports, orders, selects, and tells each candidate's story.
 *
 * @param scale what the model's scores mean
 * @param steps in the order in which they run
 * @param onFailure whether a step that fails is left out
 */
record Ranker(
        ScoreScale scale,
        ScoreNormalizer normalizer,
        ScoreCombiner combiner,
        List<SelectionPolicy> steps,
        FailurePolicy onFailure) {

    Ranker {
        steps = List.copyOf(steps);
    }

    Ranking rank(String query, Shortlist shortlist, ScoreSheet sheet) {
        Selection selection = Selection.all(byScore(shortlist, sheet));
        Throwable failure = sheet.failure();
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
        boolean degraded = failure != null || sheet.scoredPlaces() < shortlist.size();
        return new Ranking(query, selection.kept(), dropped, degraded, failure, sheet.times());
    }

    /** All that should have been scored: what was, best first, then the rest; both keep the retrieval order in ties. */
    private List<RankedContent> byScore(Shortlist shortlist, ScoreSheet sheet) {
        int[] scored =
                IntStream.range(0, shortlist.size()).filter(sheet::scored).toArray();
        double[] reported = reported(scored, shortlist, sheet);
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
                            sheet.score(scored[i]),
                            reported[i],
                            sheet.detail(scored[i])));
                });
        for (int place = 0; place < shortlist.size(); place++) {
            if (!sheet.scored(place)) {
                ranked.add(unscored(shortlist.entries().get(place), ranked.size() + 1, sheet.detail(place)));
            }
        }
        return ranked;
    }

    private double[] reported(int[] scored, Shortlist shortlist, ScoreSheet sheet) {
        if (scored.length == 0) {
            return new double[0];
        }
        double[] normalized = normalizer.normalize(
                IntStream.of(scored).mapToDouble(sheet::score).toArray(), scale);
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
