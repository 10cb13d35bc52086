package dev.langchain4j.rerank.spring;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An invalid configuration, with a description that names the property and an action that fixes it. */
final class RerankConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The wording of Boot's own failure analyses. */
    private static final String CORRECT_IT = "Update your application's configuration";

    /**
     * The name of an option that cannot be anything else: camel case of at least two words, and not part of a path.
     */
    private static final String CODE = "(?<![\\w/.-])(?=[a-z]+[A-Z])%s(?![\\w/-])";

    private final String action;

    RerankConfigurationException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** Returns the action that fixes the configuration. */
    String action() {
        return action;
    }

    /**
     * Builds an object from properties. In the messages of the builder, names of options are replaced by names of
     * properties: {@code topK must be at least 1, got 0} becomes {@code langchain4j.rerank.aggregator.top-k must be at
     * least 1, got 0}.
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

    /**
     * Creates an object from one property whose name in the factory is different.
     *
     * @param option the name in the factory
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
