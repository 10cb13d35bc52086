package dev.langchain4j.rerank.api.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service says an answer cost. Tokens and billed units are different things and never turned into each other.
 *
 * @param tokens tokens read; null if the service did not count them
 * @param billedUnits what is charged, by the service's own name ({@code search_units}, {@code rerank_units}); empty if
 *     it did not say
 */
public record Usage(@Nullable Integer tokens, Map<String, Double> billedUnits) {

    private static final Usage NONE = new Usage(null, Map.of());

    /** Keeps an unmodifiable copy of the units. */
    public Usage {
        billedUnits = Map.copyOf(billedUnits);
    }

    /** The service said nothing. */
    public static Usage none() {
        return NONE;
    }

    /**
     * Reads the usual {@code {"prompt_tokens": 57, "total_tokens": 57}}.
     *
     * @param usage that object, or anything else where the answer has none
     */
    public static Usage ofTokens(JsonNode usage) {
        JsonNode total = usage.path("total_tokens");
        return none().withTokens(total.isNumber() ? total : usage.path("prompt_tokens"));
    }

    /** The same with the number in a node as tokens; without tokens if the node holds none. */
    public Usage withTokens(JsonNode tokens) {
        return new Usage(tokens.isNumber() ? (Integer) tokens.asInt() : null, billedUnits);
    }

    /** The same with one more billed unit; unchanged if the node holds no number. */
    public Usage withBilled(String unit, JsonNode amount) {
        if (!amount.isNumber()) {
            return this;
        }
        Map<String, Double> units = new TreeMap<>(billedUnits);
        units.put(unit, amount.asDouble());
        return new Usage(tokens, units);
    }

    /** The sum of both; a part that only one of them has stays as it is. */
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
