package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model answered to one call, checked: one finite score and one detail a segment, in the order of the segments. */
final class Scores {

    private static final String PROMISE = "a scoring model returns one finite score a segment, in their order";

    private final double[] values;
    private final List<ScoreDetail> details;
    private final @Nullable ScoringTimes times;

    private Scores(double[] values, List<ScoreDetail> details, @Nullable ScoringTimes times) {
        this.values = values;
        this.details = details;
        this.times = times;
    }

    /**
     * Checks an answer of the sync path.
     *
     * @param segments how many segments the model was given
     * @throws InvalidScoresException if the answer is not one finite score a segment
     */
    static Scores of(ScoringModel model, @Nullable Response<List<Double>> response, int segments) {
        if (response == null) {
            throw new InvalidScoresException(
                    "%s returned null for %d segments; %s".formatted(nameOf(model), segments, PROMISE));
        }
        return checked(model, response.content(), ScoreDetails.of(response), ScoringTimes.of(response), segments);
    }

    /** Checks an answer of the async path, as {@link #of(ScoringModel, Response, int)} does. */
    static Scores of(ScoringModel model, @Nullable ScoringResponse response, int segments) {
        if (response == null) {
            throw new InvalidScoresException(
                    "%s returned null for %d segments; %s".formatted(nameOf(model), segments, PROMISE));
        }
        return checked(model, response.scores(), ScoreDetails.of(response), ScoringTimes.of(response), segments);
    }

    private static Scores checked(
            ScoringModel model,
            List<Double> scores,
            List<ScoreDetail> details,
            @Nullable ScoringTimes times,
            int segments) {
        if (scores.size() != segments) {
            throw new InvalidScoresException("%s returned %d scores for %d segments; %s"
                    .formatted(nameOf(model), scores.size(), segments, PROMISE));
        }
        if (!details.isEmpty() && details.size() != segments) {
            throw new InvalidScoresException("%s returned %d score details for %d segments; they go with the scores"
                    .formatted(nameOf(model), details.size(), segments));
        }
        double[] values = new double[segments];
        for (int i = 0; i < segments; i++) {
            values[i] = finite(model, scores.get(i), i, segments);
        }
        return new Scores(values, details, times);
    }

    /** The number itself, or an exception that names the segment. */
    static double finite(ScoringModel model, @Nullable Double score, int index, int segments) {
        if (score == null || !Double.isFinite(score)) {
            throw new InvalidScoresException("%s returned %s for the segment at index %d of %d; %s"
                    .formatted(nameOf(model), score, index, segments, PROMISE));
        }
        return score;
    }

    /** How messages call a model: its class without the package. */
    static String nameOf(ScoringModel model) {
        if (model instanceof DeclaredScaleModel wrapper) {
            return nameOf(wrapper.declared());
        }
        String name = model.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    double value(int index) {
        return values[index];
    }

    ScoreDetail detail(int index) {
        return details.isEmpty() ? ScoreDetail.ofScored() : details.get(index);
    }

    /** Where the time of the call went; null if the model told nothing. */
    @Nullable
    ScoringTimes times() {
        return times;
    }
}
