package dev.langchain4j.rerank;

/** Refuses bad values of options, with the name of the option and the value. */
final class Options {

    private Options() {}

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(option, value));
        }
        return value;
    }

    static double finite(String option, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be a finite number, got %s".formatted(option, value));
        }
        return value;
    }

    static double between(String option, double low, double high, double value) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("%s must be from %s to %s, got %s".formatted(option, low, high, value));
        }
        return value;
    }
}
