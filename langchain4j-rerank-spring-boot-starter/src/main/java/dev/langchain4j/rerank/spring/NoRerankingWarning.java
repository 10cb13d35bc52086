package dev.langchain4j.rerank.spring;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Warns at startup if the starter is present but nothing reranks, which would otherwise go unnoticed. */
final class NoRerankingWarning implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(RerankAutoConfiguration.class);

    private final ListableBeanFactory beans;

    NoRerankingWarning(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (beans.getBeanNamesForType(ContentAggregator.class).length > 0) {
            return;
        }
        String[] models = beans.getBeanNamesForType(ScoringModel.class);
        if (models.length == 0) {
            log.warn(
                    "No reranking: no model is configured. Set {}.<provider>.api-key or {}.model-path, add langchain4j-rerank-ms-marco-minilm-l12-v2-q, or set {}.enabled=false",
                    RerankProperties.Api.PREFIX,
                    RerankProperties.Local.PREFIX,
                    RerankProperties.PREFIX);
        } else if (beans.getBeanProvider(ScoringModel.class).getIfUnique() == null) {
            log.warn(
                    "{} ScoringModel beans ({}) and none is @Primary: no reranking aggregator was created. Mark one @Primary, or set {}.aggregator.enabled=false",
                    models.length,
                    String.join(", ", models),
                    RerankProperties.PREFIX);
        }
    }
}
