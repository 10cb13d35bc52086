package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.spring.RerankProperties.Api;
import dev.langchain4j.rerank.spring.RerankProperties.Cascade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the configured models score.
 *
 * @param order ids, first asked first; at least one
 * @param first id of the model that scores everything before them; null without a cascade
 */
record ModelPlan(List<String> order, @Nullable String first) {

    /** The id of the model in this process. */
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
                    "%s.first=%s, and no other model is configured to score the best of it"
                            .formatted(Cascade.PREFIX, first),
                    "Configure a second model, or leave %s.first out".formatted(Cascade.PREFIX),
                    null);
        }
        if (left.size() > 1) {
            throw new RerankConfigurationException(
                    "%d models are configured (%s), and %s.order does not say which is asked first"
                            .formatted(left.size(), String.join(", ", left), RerankProperties.PREFIX),
                    "Set %s.order=%s, or in another order: the first is asked, the others are the fallback. A model that is not named is not used"
                            .formatted(RerankProperties.PREFIX, String.join(",", left)),
                    null);
        }
        return left;
    }

    /** A protocol may be named without further settings, where the key is in the provider's environment variable. */
    private static void requireKnown(String property, String id, List<String> configured) {
        boolean known =
                same(id, LOCAL) || configured.stream().anyMatch(other -> same(id, other)) || ApiProtocol.of(id) != null;
        if (!known) {
            throw new RerankConfigurationException(
                    "%s names %s, which is no configured model (%s) and no protocol"
                            .formatted(property, id, configured.isEmpty() ? "none" : String.join(", ", configured)),
                    "Correct the id, or configure it under %s.%s with a protocol of %s"
                            .formatted(Api.PREFIX, id, ApiProtocol.ids()),
                    null);
        }
    }

    static boolean same(String id, String other) {
        return ApiProtocol.canonical(id).equals(ApiProtocol.canonical(other));
    }
}
