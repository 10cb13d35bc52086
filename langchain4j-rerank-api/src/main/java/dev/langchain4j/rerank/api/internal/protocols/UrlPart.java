package dev.langchain4j.rerank.api.internal.protocols;

import java.util.regex.Pattern;

/** A name that the user gives and that becomes a part of a URL as it is. */
final class UrlPart {

    private static final Pattern HARMLESS = Pattern.compile("\\.?\\w[\\w.:-]*");

    private UrlPart() {}

    /**
     * The value, if nothing in it can lead to another host or path.
     *
     * @param name what the value is, for the message
     * @throws IllegalArgumentException if there is more in it than letters, digits and {@code . _ : -}
     */
    static String of(String name, String value) {
        if (!HARMLESS.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s must be letters, digits and any of . _ : - only, got %s".formatted(name, value));
        }
        return value;
    }
}
