package dev.langchain4j.rerank.spring;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The models that properties configure, and the one model that is made of them. Owns them: what is made of models closes
 * none.
 */
final class RerankModels implements AutoCloseable {

    private final Map<String, ScaledScoringModel> models = new LinkedHashMap<>();
    private final Function<String, ScaledScoringModel> loader;
    private final ScoringModel composed;
    private final @Nullable String providerName;

    /**
     * Loads the models.
     *
     * @param loader makes the model of an id
     * @param tokens counts tokens where a model does not; null if there is nothing to count with
     */
    RerankModels(
            RerankProperties properties,
            ModelPlan plan,
            Function<String, ScaledScoringModel> loader,
            @Nullable TokenCountEstimator tokens) {
        this.loader = loader;
        this.providerName = providerName(properties, plan);
        try {
            this.composed = new Composition(properties, tokens).of(plan, this::model);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static @Nullable String providerName(RerankProperties properties, ModelPlan plan) {
        String id = plan.order().get(0);
        boolean one = plan.order().size() == 1 && plan.first() == null;
        return one && !ModelPlan.same(id, ModelPlan.LOCAL)
                ? ApiModels.protocol(id, ModelLoader.api(properties, id)).id()
                : null;
    }

    private ScaledScoringModel model(String id) {
        return models.computeIfAbsent(id, loader);
    }

    /** All of them as one. */
    ScoringModel composed() {
        return composed;
    }

    /** Each by its id. */
    Map<String, ScaledScoringModel> byId() {
        return Collections.unmodifiableMap(models);
    }

    /** Who runs the model, if it is one behind HTTP; else null. */
    @Nullable
    String providerName() {
        return providerName;
    }

    /** Closes every model, whatever happens to the others. */
    @Override
    public void close() {
        RuntimeException problem = new IllegalStateException("not all models could be closed");
        for (ScaledScoringModel model : models.values()) {
            if (model instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    problem.addSuppressed(e);
                }
            }
        }
        if (problem.getSuppressed().length > 0) {
            throw problem;
        }
    }
}
