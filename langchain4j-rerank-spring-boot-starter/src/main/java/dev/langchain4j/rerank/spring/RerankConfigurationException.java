package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.InvalidOptionException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An invalid configuration, with a description that names the property and an action that fixes it. */
final class RerankConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The wording of Boot's own failure analyses. */
    private static final String CORRECT_IT = "Update your application's configuration";

    private final String action;

    RerankConfigurationException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** Returns the action that fixes the configuration. */
    String action() {
        return action;
    }

    /** Returns the same problem with another action. */
    RerankConfigurationException withAction(String other) {
        return new RerankConfigurationException(String.valueOf(getMessage()), other, getCause());
    }

    /**
     * Builds an object from properties. If the builder refuses an option, the message names its property: {@code topK
     * must be at least 1, got 0} becomes {@code langchain4j.rerank.aggregator.top-k must be at least 1, got 0}.
     *
     * @param prefix prefix of the properties
     * @param options their record, whose components are named like the options of the builder
     */
    static <T> T build(String prefix, Class<? extends Record> options, Supplier<T> builder) {
        try {
            return builder.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw of(prefix, options, e);
        }
    }

    /** Creates an object from one property, whatever the factory calls its argument. */
    static <T> T make(String property, Supplier<T> factory) {
        try {
            return factory.get();
        } catch (InvalidOptionException e) {
            throw of(property, e);
        }
    }

    /** Describes a problem by the property of the refused option, or by the prefix if no property sets that option. */
    static RerankConfigurationException of(String prefix, Class<? extends Record> options, RuntimeException problem) {
        return problem instanceof InvalidOptionException invalid && isComponent(options, invalid.option())
                ? of(prefix + "." + kebab(invalid.option()), invalid)
                : new RerankConfigurationException(prefix + ": " + problem.getMessage(), CORRECT_IT, problem);
    }

    private static RerankConfigurationException of(String property, InvalidOptionException problem) {
        String message = String.valueOf(problem.getMessage());
        String subject = problem.option() + " ";
        String description = message.startsWith(subject)
                ? property + " " + message.substring(subject.length())
                : property + ": " + message;
        return new RerankConfigurationException(description, CORRECT_IT, problem);
    }

    private static boolean isComponent(Class<? extends Record> options, String name) {
        return Arrays.stream(options.getRecordComponents())
                .anyMatch(component -> component.getName().equals(name));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
