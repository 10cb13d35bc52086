package dev.langchain4j.rerank.internal;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.InvalidOptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of options and of the arguments of calls. Each returns the value that it checked, so that the same mistake gets
 * the same exception and the same wording everywhere: {@link InvalidOptionException} for an option of a builder,
 * {@link IllegalArgumentException} for an argument of a call.
 */
public final class Arguments {

    private Arguments() {}

    // Options

    /**
     * Refuses null.
     *
     * @param remedy what to do instead, for instance {@code leave it out for the default}
     */
    public static <T> T required(String option, @Nullable T value, String remedy) {
        if (value == null) {
            throw new InvalidOptionException(option, "%s is null: %s".formatted(option, remedy));
        }
        return value;
    }

    /**
     * Refuses null and blank text.
     *
     * @param remedy what to do instead
     */
    public static String notBlank(String option, @Nullable String value, String remedy) {
        String text = required(option, value, remedy);
        if (text.isBlank()) {
            throw new InvalidOptionException(option, "%s is blank: %s".formatted(option, remedy));
        }
        return text;
    }

    /** Refuses numbers below {@code min}. */
    public static int atLeast(String option, int min, int value) {
        return (int) atLeast(option, (long) min, value);
    }

    /** Refuses numbers below {@code min}. */
    public static long atLeast(String option, long min, long value) {
        if (value < min) {
            throw new InvalidOptionException(option, "%s must be at least %d, got %d".formatted(option, min, value));
        }
        return value;
    }

    /** Refuses infinity and NaN. */
    public static double finite(String option, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidOptionException(option, "%s must be a finite number, got %s".formatted(option, value));
        }
        return value;
    }

    /** Refuses numbers outside {@code low} to {@code high}, and NaN. */
    public static double between(String option, double low, double high, double value) {
        if (!(value >= low && value <= high)) {
            throw new InvalidOptionException(
                    option, "%s must be from %s to %s, got %s".formatted(option, low, high, value));
        }
        return value;
    }

    /** Refuses null, zero and negative durations. */
    public static Duration positive(String option, @Nullable Duration value) {
        Duration duration = required(option, value, "pass a duration above zero");
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidOptionException(option, "%s must be above zero, got %s".formatted(option, duration));
        }
        return duration;
    }

    // Arguments of calls

    /** Refuses a null or blank query. */
    public static String query(@Nullable String query) {
        if (query == null || query.isBlank()) {
            throw new IllegalArgumentException("query is %s: pass the question that the texts are scored against"
                    .formatted(query == null ? "null" : "blank"));
        }
        return query;
    }

    /**
     * Refuses a null list and null segments.
     *
     * @return an unmodifiable copy
     */
    public static List<TextSegment> segments(@Nullable List<TextSegment> segments) {
        return elements("segment", segments);
    }

    /**
     * Refuses a null list, null texts and blank texts.
     *
     * @return an unmodifiable copy
     */
    public static List<String> texts(@Nullable List<String> texts) {
        List<String> copy = elements("text", texts);
        for (int i = 0; i < copy.size(); i++) {
            if (copy.get(i).isBlank()) {
                throw new IllegalArgumentException(
                        "the text at index %d of %d is blank: leave it out".formatted(i, copy.size()));
            }
        }
        return copy;
    }

    /**
     * Refuses a null list and null elements.
     *
     * @param noun of an element, for instance {@code document}
     * @return an unmodifiable copy
     */
    public static <T> List<T> elements(String noun, @Nullable List<? extends T> elements) {
        if (elements == null) {
            throw new IllegalArgumentException(
                    "%ss is null: pass a list, an empty one if there is nothing to score".formatted(noun));
        }
        List<T> copy = new ArrayList<>(elements.size());
        for (T element : elements) {
            if (element == null) {
                throw new IllegalArgumentException(
                        "the %s at index %d of %d is null: leave it out".formatted(noun, copy.size(), elements.size()));
            }
            copy.add(element);
        }
        return List.copyOf(copy);
    }

    /** The exception for a call of a model that was closed. */
    public static IllegalStateException closed(ScoringModel model) {
        return new IllegalStateException("%s is closed: build a new model".formatted(ModelResponse.nameOf(model)));
    }
}
