package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.spring.RerankProperties.Api;
import dev.langchain4j.rerank.spring.RerankProperties.Cascade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The selection of configured models that score.
 *
 * @param order ids, starting with the primary model; at least one
 * @param first id of the model that scores all candidates before them; null without a cascade
 */
record ModelPlan(List<String> order, @Nullable String first) {

    /** The id of the local model. */
    static final String LOCAL = "local";

    static ModelPlan of(RerankProperties properties, boolean jarModel) {
        List<String> configured = new ArrayList<>();
        if (properties.local().configured()) {
            configured.add(LOCAL);
        }
        configured.addAll(properties.api().keySet());
        if (configured.isEmpty() && jarModel) {
            configured.add(LOCAL);
        }
        String first = properties.cascade().first();
        if (first != null) {
            requireKnown(Cascade.PREFIX + ".first", first, configured);
        }
        properties.order().forEach(id -> requireKnown(RerankProperties.PREFIX + ".order", id, configured));
        return new ModelPlan(properties.order().isEmpty() ? only(configured, first) : properties.order(), first);
    }

    private static List<String> only(List<String> configured, @Nullable String first) {
        List<String> left = configured.stream()
                .filter(id -> first == null || !same(id, first))
                .toList();
        if (left.isEmpty()) {
            throw new RerankConfigurationException(
                    "%s.first=%s has no second model that scores its best candidates".formatted(Cascade.PREFIX, first),
                    "Configure a second model, or remove %s.first".formatted(Cascade.PREFIX),
                    null);
        }
        if (left.size() > 1) {
            throw new RerankConfigurationException(
                    "%d models are configured (%s), but %s.order is not set"
                            .formatted(left.size(), String.join(", ", left), RerankProperties.PREFIX),
                    "Set %s.order=%s or another order: the first is the primary model, the others are its fallbacks. Models that are not listed are not used"
                            .formatted(RerankProperties.PREFIX, String.join(",", left)),
                    null);
        }
        return left;
    }

    /**
     * Throws an exception for an unknown id. A protocol is known even without settings, because its key may be in the
     * environment variable of the provider.
     */
    private static void requireKnown(String property, String id, List<String> configured) {
        boolean known =
                same(id, LOCAL) || configured.stream().anyMatch(other -> same(id, other)) || ApiProtocol.of(id) != null;
        if (!known) {
            throw new RerankConfigurationException(
                    "%s contains %s, which is neither a configured model (%s) nor a protocol"
                            .formatted(property, id, configured.isEmpty() ? "none" : String.join(", ", configured)),
                    "Correct the id, or set %s.%s.protocol to one of %s".formatted(Api.PREFIX, id, ApiProtocol.ids()),
                    null);
        }
    }

    static boolean same(String id, String other) {
        return ApiProtocol.canonical(id).equals(ApiProtocol.canonical(other));
    }
}
