package dev.langchain4j.rerank;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An option of a builder or factory that is missing, null or out of range. The message names the option, the value and
 * the values that are allowed; {@link #option()} is the name of the builder's method, so that frameworks can name the
 * property that set it.
 */
public final class InvalidOptionException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String option;

    /**
     * Creates the exception.
     *
     * @param option the name of the builder's method, for instance {@code topK}
     * @param message the refused value, the expected values and the remedy
     */
    public InvalidOptionException(String option, String message) {
        this(option, message, null);
    }

    /**
     * Creates the exception with a cause.
     *
     * @param option the name of the builder's method, for instance {@code modelPath}
     * @param message the refused value, the expected values and the remedy
     * @param cause null if there is none
     */
    public InvalidOptionException(String option, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.option = option;
    }

    /** The name of the option, which is the name of the builder's method. */
    public String option() {
        return option;
    }
}
