package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a call of a model went: parts of the wall clock from its submission to its last score, which sum to
 * it. Where several workers share a call, what is left after {@code waiting} is divided between the other two in
 * proportion to what all workers together spent on each.
 *
 * <p>Models tell it through {@link ScoreSink#times} or beside the {@link ScoreDetails} of a response; those that do not
 * know it tell nothing.
 *
 * @param waiting from submission until the model starts on the first text; not negative
 * @param tokenizing the part of the rest that texts became tokens in; not negative
 * @param inference the part of the rest that tokens became scores in; not negative
 */
public record ScoringTimes(Duration waiting, Duration tokenizing, Duration inference) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public ScoringTimes {
        notNegative("waiting", waiting);
        notNegative("tokenizing", tokenizing);
        notNegative("inference", inference);
    }

    /** The times of the call that a response answers; null if the model told none. */
    public static @Nullable ScoringTimes of(Response<?> response) {
        return RerankMetadata.of(response).scoringTimes();
    }

    /** The times of the call that a response answers; null if the model told none. */
    public static @Nullable ScoringTimes of(ScoringResponse response) {
        return RerankMetadata.of(response).scoringTimes();
    }

    /** All three together. */
    public Duration total() {
        return waiting.plus(tokenizing).plus(inference);
    }

    /** Those of two calls, part by part; of one call that told none, those of the other. */
    public static @Nullable ScoringTimes sum(@Nullable ScoringTimes first, @Nullable ScoringTimes second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return new ScoringTimes(
                first.waiting.plus(second.waiting),
                first.tokenizing.plus(second.tokenizing),
                first.inference.plus(second.inference));
    }

    private static void notNegative(String part, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("%s must not be negative, got %s".formatted(part, duration));
        }
    }
}
