package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Api;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** Makes the model of an id out of its properties. */
record ModelLoader(RerankProperties properties, ClassLoader classes) implements Function<String, ScaledScoringModel> {

    @Override
    public ScaledScoringModel apply(String id) {
        if (ModelPlan.same(id, ModelPlan.LOCAL)) {
            LocalClasses.require(properties.local(), classes);
            return LocalModels.load(properties.local());
        }
        return ApiModels.load(id, api(properties, id));
    }

    /** The settings of an id, which may be written as environment variables have it; all defaults if there are none. */
    static Api api(RerankProperties properties, String id) {
        return properties.api().entrySet().stream()
                .filter(entry -> ModelPlan.same(entry.getKey(), id))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new Binder().bindOrCreate(Api.PREFIX, Bindable.of(Api.class)));
    }
}
