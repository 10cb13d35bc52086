package dev.langchain4j.rerank.examples.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question with its settings.
 *
 * @param conversation the id of the chat memory
 * @param reranker id of a {@link RerankerChoice}, or {@link Rerankers#NONE}
 * @param depth number of retrieved candidates
 * @param topK maximum number of passages in the prompt
 * @param minScore minimum score of these passages; null for none
 * @param timeout timeout of the reranker
 * @param fault the fault injected into the reranker
 */
record Question(
        String text,
        String conversation,
        String reranker,
        int depth,
        int topK,
        @Nullable Double minScore,
        Duration timeout,
        Fault fault) {

    static final int MAX_LENGTH = 2_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * Reads the query of a request.
     *
     * @throws IllegalArgumentException if a parameter is missing or invalid; the message names it
     */
    static Question of(@Nullable String rawQuery) {
        Map<String, String> parameters = parameters(rawQuery);
        return new Question(
                text(parameters.getOrDefault("q", "").strip()),
                name("chat", parameters.getOrDefault("chat", "page")),
                name("model", parameters.getOrDefault("model", Rerankers.MINILM)),
                number(parameters, "depth", 50, 1, 200),
                number(parameters, "topK", 5, 1, 50),
                minScore(parameters.getOrDefault("minScore", "")),
                Duration.ofMillis(number(parameters, "timeout", 3_000, 50, 60_000)),
                Fault.of(parameters.getOrDefault("fault", "none")));
    }

    /** Returns the parameters of a URL; of duplicates the last one. */
    static Map<String, String> parameters(@Nullable String rawQuery) {
        Map<String, String> parameters = new HashMap<>();
        if (rawQuery != null) {
            Arrays.stream(rawQuery.split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> parameters.put(decoded(pair[0]), decoded(pair[1])));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String text(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the question is empty: ask something");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the question has %d characters, %d are allowed: shorten it".formatted(text.length(), MAX_LENGTH));
        }
        return text;
    }

    private static String name(String parameter, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("%s must be 1 to 64 letters, digits or hyphens".formatted(parameter));
        }
        return value;
    }

    private static @Nullable Double minScore(String value) {
        if (value.isEmpty()) {
            return null;
        }
        double minScore = parsed("minScore", value, Double::valueOf);
        if (!Double.isFinite(minScore)) {
            throw new IllegalArgumentException("minScore must be a finite number");
        }
        return minScore;
    }

    private static int number(Map<String, String> parameters, String name, int missing, int least, int most) {
        String value = parameters.get(name);
        int number = value == null ? missing : parsed(name, value, Integer::valueOf);
        if (number < least || number > most) {
            throw new IllegalArgumentException("%s must be from %d to %d, got %d".formatted(name, least, most, number));
        }
        return number;
    }

    private static <T> T parsed(String name, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number", e);
        }
    }
}
