package dev.langchain4j.rerank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one ranking by place: the best over the queries, with its detail. Takes scores from any thread until it
 * is closed; then it never changes again.
 */
final class ScoreSheet {

    private final double[] scores;
    private final @Nullable ScoreDetail[] details;
    private boolean closed;
    private @Nullable Throwable failure;
    private @Nullable ScoringTimes times;

    ScoreSheet(int places) {
        scores = new double[places];
        details = new ScoreDetail[places];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    }

    /** Notes a score, if it is better than what is noted for the place; ignored once the sheet is closed. */
    synchronized void note(int place, double score, ScoreDetail detail) {
        if (closed) {
            return;
        }
        if (!detail.scored()) {
            details[place] = details[place] == null ? detail : details[place];
        } else if (!scored(place) || score > scores[place]) {
            scores[place] = score;
            details[place] = detail;
        }
    }

    /** Adds where the time of a call went, if the model told it; ignored once the sheet is closed. */
    synchronized void note(@Nullable ScoringTimes ofCall) {
        if (!closed) {
            times = ScoringTimes.sum(times, ofCall);
        }
    }

    /**
     * Closes the sheet; the first reason counts.
     *
     * @param failure why some scores are missing; null if none is
     */
    synchronized ScoreSheet close(@Nullable Throwable failure) {
        if (!closed) {
            closed = true;
            this.failure = failure;
        }
        return this;
    }

    /** Why some scores are missing; null if no call failed and the deadline was kept. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Where the time of all calls went; null if the model told nothing. */
    synchronized @Nullable ScoringTimes times() {
        return times;
    }

    synchronized int scoredPlaces() {
        int count = 0;
        for (int place = 0; place < scores.length; place++) {
            if (scored(place)) {
                count++;
            }
        }
        return count;
    }

    synchronized boolean scored(int place) {
        ScoreDetail detail = details[place];
        return detail != null && detail.scored();
    }

    synchronized double score(int place) {
        return scores[place];
    }

    synchronized ScoreDetail detail(int place) {
        ScoreDetail detail = details[place];
        return detail == null ? ScoreDetail.ofRetrieval() : detail;
    }
}
