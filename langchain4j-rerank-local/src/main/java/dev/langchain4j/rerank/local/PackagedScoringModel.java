package dev.langchain4j.rerank.local;

/**
 * The base of models that come as a dependency, with their files in the jar of the subclass: a constructor without
 * arguments instead of a builder.
 */
public abstract non-sealed class PackagedScoringModel extends LocalScoringModel {

    /**
     * Builds the model. All that it needs is loaded here.
     *
     * @param builder with {@link LocalModelBuilder#modelResources(Class)} of the subclass
     */
    protected PackagedScoringModel(LocalModelBuilder<?, ?> builder) {
        super(builder.build().parts());
    }
}
