package dev.langchain4j.rerank.api.internal.protocols;

import dev.langchain4j.rerank.InvalidOptionException;
import java.util.regex.Pattern;

/** A name given by the user that becomes part of a URL unchanged. */
final class UrlPart {

    private static final Pattern HARMLESS = Pattern.compile("\\.?\\w[\\w.:-]*");

    private UrlPart() {}

    /**
     * Checks that the value cannot lead to another host or path.
     *
     * @param option the name of the factory's parameter
     * @throws InvalidOptionException if it contains anything but letters, digits and {@code . _ : -}
     */
    static String of(String option, String value) {
        if (value == null || !HARMLESS.matcher(value).matches()) {
            throw new InvalidOptionException(
                    option, "%s must be letters, digits and any of . _ : - only, got %s".formatted(option, value));
        }
        return value;
    }
}
