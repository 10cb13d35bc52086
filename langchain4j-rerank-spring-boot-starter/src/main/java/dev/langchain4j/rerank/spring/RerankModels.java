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
 * The configured models, and the model that is composed of them. Owns and closes them: composed models do not close
 * their parts.
 */
final class RerankModels implements AutoCloseable {

    private final Map<String, ScaledScoringModel> models = new LinkedHashMap<>();
    private final Function<String, ScaledScoringModel> loader;
    private final ScoringModel composed;
    private final @Nullable String providerName;

    /**
     * Loads the models.
     *
     * @param loader creates the model with an id
     * @param tokens counts tokens for models that do not; null if there is none
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

    /** Returns the composed model. */
    ScoringModel composed() {
        return composed;
    }

    /** Returns each model by its id. */
    Map<String, ScaledScoringModel> byId() {
        return Collections.unmodifiableMap(models);
    }

    /** Returns the provider of a single model behind HTTP; null otherwise. */
    @Nullable
    String providerName() {
        return providerName;
    }

    /** Closes every model, even if closing another one fails. */
    @Override
    public void close() {
        RuntimeException problem =
                new IllegalStateException("some models could not be closed; see the suppressed exceptions");
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
