package dev.langchain4j.rerank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The scores of one ranking by place: the best over the queries, with its detail. */
final class ScoreSheet {

    private final double[] scores;
    private final @Nullable ScoreDetail[] details;

    ScoreSheet(int places) {
        scores = new double[places];
        details = new ScoreDetail[places];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    }

    /** Notes a score, if it is better than what is noted for the place. */
    void note(int place, double score, ScoreDetail detail) {
        if (details[place] == null || score > scores[place]) {
            scores[place] = score;
            details[place] = detail;
        }
    }

    boolean scored(int place) {
        return details[place] != null;
    }

    double score(int place) {
        return scores[place];
    }

    ScoreDetail detail(int place) {
        ScoreDetail detail = details[place];
        return detail == null ? ScoreDetail.ofRetrieval() : detail;
    }
}
