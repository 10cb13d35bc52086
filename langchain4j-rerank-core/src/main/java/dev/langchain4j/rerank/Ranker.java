package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes a ranking of scores: orders, selects, and tells each candidate's story. */
final class Ranker {

    private final List<SelectionPolicy> steps;

    Ranker(List<SelectionPolicy> steps) {
        this.steps = List.copyOf(steps);
    }

    Ranking rank(String query, Shortlist shortlist, ScoreSheet sheet) {
        Selection selection = Selection.all(byScore(shortlist, sheet));
        for (SelectionPolicy step : steps) {
            selection = step.select(selection);
        }
        List<RankedContent> dropped = new ArrayList<>(selection.dropped());
        dropped.sort(Comparator.comparingInt(RankedContent::rank));
        dropped.addAll(leftOut(shortlist));
        return new Ranking(query, selection.kept(), dropped);
    }

    private static List<RankedContent> byScore(Shortlist shortlist, ScoreSheet sheet) {
        List<Integer> order = IntStream.range(0, shortlist.size())
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -sheet.score(place)))
                .toList();
        List<RankedContent> ranked = new ArrayList<>(order.size());
        for (int place : order) {
            Shortlist.Entry entry = shortlist.entries().get(place);
            int rank = ranked.size() + 1;
            ranked.add(RankedContent.scored(
                    entry.candidate().content(),
                    entry.retrievalRank(),
                    rank,
                    sheet.score(place),
                    sheet.score(place),
                    sheet.detail(place)));
        }
        return ranked;
    }

    private static List<RankedContent> leftOut(Shortlist shortlist) {
        List<RankedContent> dropped = new ArrayList<>();
        int rank = shortlist.size();
        for (Shortlist.LeftOut left : shortlist.leftOut()) {
            dropped.add(RankedContent.unscored(
                            left.entry().candidate().content(),
                            left.entry().retrievalRank(),
                            ++rank,
                            ScoreDetail.ofRetrieval())
                    .withDropReason(left.reason()));
        }
        return dropped;
    }
}
