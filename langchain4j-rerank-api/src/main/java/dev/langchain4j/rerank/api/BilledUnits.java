package dev.langchain4j.rerank.api;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.model.scoring.response.ScoringResponseMetadata;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a service charged for a call, by its own names ({@code search_units}, {@code rerank_units}), in the metadata of
 * LangChain4j's responses. Units are no tokens; tokens are in the token usage, where a service counts them.
 */
public final class BilledUnits {

    private static final String KEY = "dev.langchain4j.rerank.billedUnits";

    private BilledUnits() {}

    /** The units of all requests of a call together; empty if the service told none. */
    public static Map<String, Double> of(Response<?> response) {
        Map<String, Double> units = new LinkedHashMap<>();
        if (response.metadata().get(KEY) instanceof Map<?, ?> told) {
            told.forEach((unit, amount) -> units.put((String) unit, (Double) amount));
        }
        return units;
    }

    /** The units of all requests of a call together; empty if the service told none. */
    public static Map<String, Double> of(ScoringResponse response) {
        return response.metadata() instanceof BilledMetadata billed ? billed.units : Map.of();
    }

    static Map<String, Object> metadata(Usage usage) {
        return usage.billedUnits().isEmpty() ? Map.of() : Map.of(KEY, usage.billedUnits());
    }

    static ScoringResponseMetadata metadata(Usage usage, @Nullable String modelName) {
        BilledMetadata.Builder builder = new BilledMetadata.Builder(usage.billedUnits());
        builder.modelName(modelName);
        builder.tokenUsage(tokenUsage(usage));
        return builder.build();
    }

    /** Null if the service counted no tokens. */
    static @Nullable TokenUsage tokenUsage(Usage usage) {
        return usage.tokens() == null ? null : new TokenUsage(usage.tokens());
    }

    private static final class BilledMetadata extends ScoringResponseMetadata {

        private final Map<String, Double> units;

        private BilledMetadata(Builder builder) {
            super(builder);
            this.units = builder.units;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BilledMetadata that && super.equals(other) && units.equals(that.units);
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), units);
        }

        private static final class Builder extends ScoringResponseMetadata.Builder<Builder> {

            private final Map<String, Double> units;

            private Builder(Map<String, Double> units) {
                this.units = units;
            }

            @Override
            public BilledMetadata build() {
                return new BilledMetadata(this);
            }
        }
    }
}
