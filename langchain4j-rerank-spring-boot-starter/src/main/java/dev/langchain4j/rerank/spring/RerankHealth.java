package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Aggregator.OnFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The health report for both health APIs. Calls no model, because calls may cost money.
 *
 * <p>Health is down only if callers get exceptions: all models of the order have failed for {@value #FAILURES}
 * rerankings in a row, the last of them within a minute, and failures are thrown. After that minute, an instance that
 * gets no requests while it is down becomes healthy again. With {@code on-failure=keep-retrieval-order} callers get
 * answers, so an outage of a provider does not take instances out of rotation.
 */
final class RerankHealth {

    private static final int FAILURES = 3;
    private static final Duration RECENT = Duration.ofMinutes(1);

    /** The health states, independent of a health API. */
    enum State {
        UP,
        DOWN,
        UNKNOWN
    }

    private final RerankProperties properties;
    private final ObjectProvider<RerankModels> models;
    private final ObjectProvider<RerankingContentAggregator> aggregator;
    private final RecentRankings rankings;
    private final Clock clock;

    RerankHealth(
            RerankProperties properties,
            ObjectProvider<RerankModels> models,
            ObjectProvider<RerankingContentAggregator> aggregator,
            RecentRankings rankings,
            Clock clock) {
        this.properties = properties;
        this.models = models;
        this.aggregator = aggregator;
        this.rankings = rankings;
        this.clock = clock;
    }

    State state() {
        if (aggregator.getIfAvailable() == null) {
            return State.UNKNOWN;
        }
        RecentRankings.Snapshot recent = rankings.snapshot();
        Instant lastFailure = recent.lastFailure();
        boolean failing = recent.failuresInARow() >= FAILURES
                && lastFailure != null
                && lastFailure.isAfter(clock.instant().minus(RECENT));
        return failing && properties.aggregator().onFailure() == OnFailure.THROW ? State.DOWN : State.UP;
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        models.ifAvailable(all -> details.put("models", models(all)));
        if (aggregator.getIfAvailable() == null) {
            details.put("aggregator", "none");
            return details;
        }
        RecentRankings.Snapshot recent = rankings.snapshot();
        details.put("degraded", recent.failuresInARow() > 0);
        details.put("failuresInARow", recent.failuresInARow());
        put(details, "lastSuccess", recent.lastSuccess());
        put(details, "lastFailure", recent.lastFailure());
        put(details, "lastFailureType", recent.lastFailureType());
        put(details, "answeredBy", recent.answeredBy());
        return details;
    }

    private static Map<String, Object> models(RerankModels models) {
        Map<String, Object> described = new LinkedHashMap<>();
        models.byId().forEach((id, model) -> described.put(id, model(id, model)));
        return described;
    }

    private static Map<String, Object> model(String id, ScaledScoringModel model) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("model", model.toString());
        described.put("scale", model.scoreScale().name().toLowerCase(Locale.ROOT));
        if (ModelPlan.same(id, ModelPlan.LOCAL)) {
            described.putAll(LocalModels.describe(model));
        }
        return described;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
