package dev.langchain4j.rerank;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Timing breakdown of one model call. The parts add up to the wall-clock time from submission to the last score. If
 * several workers share a call, the time after {@code waiting} is divided between the other two parts in proportion to
 * the total time that all workers spent on each.
 *
 * <p>Models report it through {@link ScoreSink#times} or in the {@link RerankMetadata} of a response. It is optional.
 *
 * @param waiting from submission until the model starts on the first text; not negative
 * @param tokenizing the share of the remaining time for converting texts to tokens; not negative
 * @param inference the share of the remaining time for computing scores from tokens; not negative
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

    /** Returns the timing breakdown of a response of the sync path; null if the model reported none. */
    public static @Nullable ScoringTimes of(Response<?> response) {
        return RerankMetadata.of(response).scoringTimes();
    }

    /** Returns the timing breakdown of a response of the async path; null if the model reported none. */
    public static @Nullable ScoringTimes of(ScoringResponse response) {
        return RerankMetadata.of(response).scoringTimes();
    }

    /** Returns the sum of the three parts. */
    public Duration total() {
        return waiting.plus(tokenizing).plus(inference);
    }

    /** Returns the sum of two calls, part by part. If one call reported none, the result is the other. */
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
