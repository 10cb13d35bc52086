package dev.langchain4j.rerank.api.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The usage that a service reports. Tokens and billed units are different and never converted into each other.
 *
 * @param tokens number of tokens read; null if the service did not count them
 * @param billedUnits the charged units, by the service's own names ({@code search_units}, {@code rerank_units}); empty
 *     if it reported none
 */
public record Usage(@Nullable Integer tokens, Map<String, Double> billedUnits) {

    private static final Usage NONE = new Usage(null, Map.of());

    /** Keeps an unmodifiable copy of the units. */
    public Usage {
        billedUnits = Map.copyOf(billedUnits);
    }

    /** The service reported no usage. */
    public static Usage none() {
        return NONE;
    }

    /**
     * Reads the usual {@code {"prompt_tokens": 57, "total_tokens": 57}}.
     *
     * @param usage that object, or any other node if the response has none
     */
    public static Usage ofTokens(JsonNode usage) {
        JsonNode total = usage.path("total_tokens");
        return none().withTokens(total.isNumber() ? total : usage.path("prompt_tokens"));
    }

    /** Returns the same usage with the number in a node as tokens; without tokens if the node has none. */
    public Usage withTokens(JsonNode tokens) {
        return new Usage(tokens.isNumber() ? (Integer) tokens.asInt() : null, billedUnits);
    }

    /** Returns the same usage with one more billed unit; unchanged if the node has no number. */
    public Usage withBilled(String unit, JsonNode amount) {
        if (!amount.isNumber()) {
            return this;
        }
        Map<String, Double> units = new TreeMap<>(billedUnits);
        units.put(unit, amount.asDouble());
        return new Usage(tokens, units);
    }

    /** Returns the sum of both; a part that only one of them has stays as it is. */
    public Usage plus(Usage other) {
        Map<String, Double> units = new TreeMap<>(billedUnits);
        other.billedUnits.forEach((unit, amount) -> units.merge(unit, amount, Double::sum));
        return new Usage(sum(tokens, other.tokens), units);
    }

    private static @Nullable Integer sum(@Nullable Integer some, @Nullable Integer more) {
        if (some == null || more == null) {
            return some == null ? more : some;
        }
        return some + more;
    }
}
