package dev.langchain4j.rerank;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one ranking by candidate: the best over the queries, with its detail. Accepts scores from any thread
 * until it is closed; then it never changes again.
 */
final class BestScores {

    private final double[] scores;
    private final @Nullable ScoreDetail[] details;
    private boolean closed;
    private @Nullable Throwable failure;
    private @Nullable ScoringTimes times;

    BestScores(int candidates) {
        scores = new double[candidates];
        details = new ScoreDetail[candidates];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    }

    /**
     * The sink for the scores of one query.
     *
     * @param indexes the candidate of each text that the query is scored with
     */
    ScoreSink sinkFor(List<Integer> indexes) {
        return new ScoreSink() {
            @Override
            public void accept(int index, double score) {
                accept(index, score, ScoreDetail.ofScored());
            }

            @Override
            public void accept(int index, double score, ScoreDetail detail) {
                add(indexes.get(index), score, detail);
            }

            @Override
            public void times(ScoringTimes times) {
                add(times);
            }
        };
    }

    private synchronized void add(int index, double score, ScoreDetail detail) {
        if (closed) {
            return;
        }
        if (!detail.scored()) {
            details[index] = details[index] == null ? detail : details[index];
        } else if (!scored(index) || score > scores[index]) {
            scores[index] = score;
            details[index] = detail;
        }
    }

    private synchronized void add(ScoringTimes ofCall) {
        if (!closed) {
            times = ScoringTimes.sum(times, ofCall);
        }
    }

    /**
     * Accepts no more scores; the reason of the first call counts.
     *
     * @param failure why scores are missing; null if none is
     */
    synchronized BestScores close(@Nullable Throwable failure) {
        if (!closed) {
            closed = true;
            this.failure = failure;
        }
        return this;
    }

    /** Why scores are missing; null if no call failed and the deadline was met. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** The timing breakdown of all calls together; null if the model reported none. */
    synchronized @Nullable ScoringTimes times() {
        return times;
    }

    /** The number of candidates that have a score. */
    synchronized int scoredCount() {
        int count = 0;
        for (int index = 0; index < scores.length; index++) {
            if (scored(index)) {
                count++;
            }
        }
        return count;
    }

    synchronized boolean scored(int index) {
        ScoreDetail detail = details[index];
        return detail != null && detail.scored();
    }

    synchronized double score(int index) {
        return scores[index];
    }

    synchronized ScoreDetail detail(int index) {
        ScoreDetail detail = details[index];
        return detail == null ? ScoreDetail.ofRetrieval() : detail;
    }
}
