package dev.langchain4j.rerank.spring;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.injector.ContentInjector;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.router.DefaultQueryRouter;
import dev.langchain4j.rag.query.router.QueryRouter;
import dev.langchain4j.rag.query.transformer.QueryTransformer;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.spring.RerankProperties.Aggregator;
import java.util.Objects;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

/**
 * Auto-configuration of reranking for LangChain4j applications on Spring Boot 3.5 and 4.x. From the properties {@code
 * langchain4j.rerank.*} and the application's content retrievers it creates a {@link ScoringModel}, a {@link
 * RerankingContentAggregator}, a {@link Reranker} and a {@link RetrievalAugmentor}, which {@code @AiService} picks up
 * automatically. A bean of the application always replaces the corresponding bean.
 *
 * <p>All beans of type {@link RerankListener} are notified of every reranking. The models are closed together with the
 * application.
 */
@AutoConfiguration(
        afterName = {
            // LangChain4j's own, which creates a content retriever
            "dev.langchain4j.spring.LangChain4jAutoConfig",
            "dev.langchain4j.spring.LangChain4jAutoConfiguration",
            // of Boot 3
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration",
            // of Boot 4
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration"
        })
@ConditionalOnProperty(prefix = RerankProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(RerankProperties.class)
@Import({
    ObservabilityConfiguration.Metrics.class,
    ObservabilityConfiguration.Spans.class,
    ObservabilityConfiguration.Observations.class,
    HealthConfiguration.Report.class,
    HealthConfiguration.Boot3.class,
    HealthConfiguration.Boot4.class,
    KeyConfiguration.class
})
public final class RerankAutoConfiguration {

    static final String AUGMENTOR = "rerankingRetrievalAugmentor";

    /** Called by Spring, which creates the only instance. */
    RerankAutoConfiguration() {}

    @Bean
    @Conditional(ModelConfigured.class)
    @ConditionalOnMissingBean(ScoringModel.class)
    RerankModels rerankModels(
            RerankProperties properties, ResourceLoader resources, ObjectProvider<TokenCountEstimator> tokens) {
        ClassLoader classes = Objects.requireNonNullElseGet(
                resources.getClassLoader(), RerankAutoConfiguration.class::getClassLoader);
        ModelPlan plan = ModelPlan.of(properties, LocalClasses.haveJarModel(classes));
        return new RerankModels(properties, plan, new ModelLoader(properties, classes), tokens.getIfUnique());
    }

    /** Returns the composed model; {@link RerankModels} closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnBean(RerankModels.class)
    ScoringModel rerankScoringModel(RerankModels models) {
        return models.composed();
    }

    @Bean
    @ConditionalOnSingleCandidate(ScoringModel.class)
    @ConditionalOnMissingBean(ContentAggregator.class)
    @ConditionalOnProperty(prefix = Aggregator.PREFIX, name = "enabled", matchIfMissing = true)
    RerankingContentAggregator rerankingContentAggregator(
            RerankProperties properties,
            ScoringModel model,
            ObjectProvider<RerankListener> listeners,
            ObjectProvider<TokenCountEstimator> tokens) {
        return new AggregatorFactory(properties.aggregator(), tokens.getIfUnique())
                .create(model, listeners.orderedStream().toList());
    }

    @Bean
    @ConditionalOnSingleCandidate(ScoringModel.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = Aggregator.PREFIX, name = "enabled", matchIfMissing = true)
    Reranker reranker(RerankProperties properties, ScoringModel model) {
        return RerankConfigurationException.build(
                Aggregator.PREFIX,
                Aggregator.class,
                () -> Reranker.builder(model)
                        .topK(properties.aggregator().topK())
                        .build());
    }

    @Bean(AUGMENTOR)
    @ConditionalOnBean({ContentRetriever.class, RerankingContentAggregator.class})
    @ConditionalOnMissingBean(RetrievalAugmentor.class)
    @ConditionalOnProperty(prefix = RerankProperties.PREFIX + ".augmentor", name = "enabled", matchIfMissing = true)
    RetrievalAugmentor rerankingRetrievalAugmentor(
            RerankingContentAggregator aggregator,
            ObjectProvider<ContentRetriever> retrievers,
            ObjectProvider<QueryTransformer> transformer,
            ObjectProvider<QueryRouter> router,
            ObjectProvider<ContentInjector> injector) {
        DefaultRetrievalAugmentor.DefaultRetrievalAugmentorBuilder builder =
                DefaultRetrievalAugmentor.builder().contentAggregator(aggregator);
        QueryRouter unique = router.getIfUnique();
        builder.queryRouter(
                unique == null
                        ? new DefaultQueryRouter(retrievers.orderedStream().toList())
                        : unique);
        transformer.ifUnique(builder::queryTransformer);
        injector.ifUnique(builder::contentInjector);
        return builder.build();
    }

    @Bean
    @ConditionalOnProperty(prefix = Aggregator.PREFIX, name = "enabled", matchIfMissing = true)
    NoRerankingWarning noRerankingWarning(ListableBeanFactory beans) {
        return new NoRerankingWarning(beans);
    }
}
