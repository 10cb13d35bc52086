package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Api;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** Creates the model with an id from its properties. */
record ModelLoader(RerankProperties properties, ClassLoader classes) implements Function<String, ScaledScoringModel> {

    @Override
    public ScaledScoringModel apply(String id) {
        if (ModelPlan.same(id, ModelPlan.LOCAL)) {
            LocalClasses.require(properties.local(), classes);
            return LocalModels.load(properties.local());
        }
        return ApiModels.load(id, api(properties, id));
    }

    /**
     * Returns the settings of an id, which may be in the form of environment variables; all defaults if there are none.
     */
    static Api api(RerankProperties properties, String id) {
        return properties.api().entrySet().stream()
                .filter(entry -> ModelPlan.same(entry.getKey(), id))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new Binder().bindOrCreate(Api.PREFIX, Bindable.of(Api.class)));
    }
}
