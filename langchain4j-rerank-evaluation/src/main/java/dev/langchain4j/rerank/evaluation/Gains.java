package dev.langchain4j.rerank.evaluation;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gains of a ranking and of the ideal ranking. The gain of a document that is not relevant is 0. */
final class Gains {

    private final int[] ranked;
    private final int[] ideal;

    private Gains(int[] ranked, int[] ideal) {
        this.ranked = ranked;
        this.ideal = ideal;
    }

    static Gains of(List<String> ranking, Map<String, Integer> judgements) {
        requireDistinct(ranking);
        int[] ranked = ranking.stream()
                .mapToInt(document -> Math.max(0, judgements.getOrDefault(document, 0)))
                .toArray();
        int[] ideal = judgements.values().stream()
                .filter(judgement -> judgement > 0)
                .sorted(Collections.reverseOrder())
                .mapToInt(Integer::intValue)
                .toArray();
        return new Gains(ranked, ideal);
    }

    static void requireDistinct(List<String> ranking) {
        Set<String> seen = new HashSet<>();
        for (String document : ranking) {
            if (!seen.add(document)) {
                throw new IllegalArgumentException(
                        "document %s occurs twice in the ranking: list each document once".formatted(document));
            }
        }
    }

    /** Returns the number of documents in the ranking. */
    int length() {
        return ranked.length;
    }

    /** Returns the number of documents judged relevant, whether or not they are in the ranking. */
    int relevant() {
        return ideal.length;
    }

    /** Returns whether the document at this rank, from 1, is relevant. */
    boolean relevantAt(int rank) {
        return ranked[rank - 1] > 0;
    }

    /** Returns the number of relevant documents in the first k ranks. */
    int found(int k) {
        int found = 0;
        for (int rank = 1; rank <= Math.min(k, ranked.length); rank++) {
            if (relevantAt(rank)) {
                found++;
            }
        }
        return found;
    }

    double dcg(int k) {
        return dcg(ranked, k);
    }

    double idealDcg(int k) {
        return dcg(ideal, k);
    }

    private static double dcg(int[] gains, int k) {
        double sum = 0;
        for (int rank = 1; rank <= Math.min(k, gains.length); rank++) {
            sum += gains[rank - 1] * Math.log(2) / Math.log(rank + 1.0);
        }
        return sum;
    }
}
