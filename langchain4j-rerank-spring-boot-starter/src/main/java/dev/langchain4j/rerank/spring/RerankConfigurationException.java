package dev.langchain4j.rerank.spring;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings that make no sense: what is wrong, naming the property, and what to do. */
final class RerankConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** As Boot says it. */
    private static final String CORRECT_IT = "Update your application's configuration";

    /** An option by name that can be nothing else: two words in one, and no part of a path. */
    private static final String CODE = "(?<![\\w/.-])(?=[a-z]+[A-Z])%s(?![\\w/-])";

    private final String action;

    RerankConfigurationException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** What to do about it. */
    String action() {
        return action;
    }

    /**
     * Builds something out of properties. What a builder says about its options, it says about properties then:
     * {@code topK must be at least 1, got 0} becomes {@code langchain4j.rerank.aggregator.top-k must be at least 1, got 0}.
     *
     * @param prefix of the properties
     * @param options their record, whose components have the names of the builder's options
     */
    static <T> T build(String prefix, Class<? extends Record> options, Supplier<T> builder) {
        try {
            return builder.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw of(prefix, options, e);
        }
    }

    /**
     * Makes something out of one property, which a factory knows by another name.
     *
     * @param option what the factory calls it
     */
    static <T> T make(String property, String option, Supplier<T> factory) {
        try {
            return factory.get();
        } catch (IllegalArgumentException e) {
            throw new RerankConfigurationException(
                    renamed(String.valueOf(e.getMessage()), option, property), CORRECT_IT, e);
        }
    }

    static RerankConfigurationException of(String prefix, Class<? extends Record> options, RuntimeException problem) {
        String said = String.valueOf(problem.getMessage());
        String message = said;
        for (RecordComponent option : options.getRecordComponents()) {
            message = renamed(message, option.getName(), prefix + "." + kebab(option.getName()));
        }
        return new RerankConfigurationException(
                message.equals(said) ? prefix + ": " + said : message, CORRECT_IT, problem);
    }

    private static String renamed(String message, String option, String property) {
        return message.replace("call " + option + "(…)", "set " + property)
                .replace(option + "(…)", property)
                .replaceAll("\\bset %s\\b".formatted(option), "set " + property)
                .replaceAll("\\b%s\\((true|false)\\)".formatted(option), property + "=$1")
                .replaceAll("^" + option + "(?= must )", property)
                .replaceAll(CODE.formatted(option), property);
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
