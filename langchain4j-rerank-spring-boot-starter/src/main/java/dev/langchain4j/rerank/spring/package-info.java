/**
 * Spring Boot auto-configuration of models, aggregator, augmentor, metrics, traces and health, in this order:
 *
 * <ol>
 *   <li>Entry: {@link dev.langchain4j.rerank.spring.RerankAutoConfiguration} declares the beans from
 *       {@code RerankProperties}; {@code ModelConfigured} is the condition of the models.
 *   <li>Models: {@code ModelPlan} selects the ids that score, {@code ModelLoader} creates the model of an id
 *       ({@code LocalModels} after {@code LocalClasses}, {@code ApiModels} with an {@code ApiProtocol}),
 *       {@code Composition} adds windows, caches, fallback and cascade, and {@code RerankModels} owns the models. Builders
 *       get only the properties that are set ({@code Given}).
 *   <li>Rerank step: {@code AggregatorFactory}.
 *   <li>Observability: {@code ObservabilityConfiguration} adds listeners for metrics and traces
 *       ({@code ObservationRerankListener}), {@code HealthConfiguration} reports {@code RerankHealth} from
 *       {@code RecentRankings}, and {@code KeyConfiguration} hides keys.
 *   <li>Mistakes: {@code RerankConfigurationException} names the property that a builder refused, and
 *       {@code RerankFailureAnalyzer} and {@code TwoRetrieversFailureAnalyzer} report what to do; {@code NoRerankingWarning}
 *       and {@code NothingToDropWarning} log problems that would go unnoticed.
 * </ol>
 */
@NullMarked
package dev.langchain4j.rerank.spring;

import org.jspecify.annotations.NullMarked;
