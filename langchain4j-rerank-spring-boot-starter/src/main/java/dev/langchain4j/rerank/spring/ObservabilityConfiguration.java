package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.observability.MicrometerRerankListener;
import dev.langchain4j.rerank.observability.OpenTelemetryRerankListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics and traces, if the application has a registry for them. Import the classes in the order given here. */
final class ObservabilityConfiguration {

    private static final String OBSERVATIONS = RerankProperties.PREFIX + ".observations";

    private ObservabilityConfiguration() {}

    private static @Nullable String providerName(ObjectProvider<RerankModels> models) {
        RerankModels ours = models.getIfAvailable();
        return ours == null ? null : ours.providerName();
    }

    /** Metrics through Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnProperty(prefix = RerankProperties.PREFIX + ".metrics", name = "enabled", matchIfMissing = true)
    static class Metrics {

        @Bean
        @ConditionalOnSingleCandidate(MeterRegistry.class)
        @ConditionalOnMissingBean
        MicrometerRerankListener micrometerRerankListener(MeterRegistry registry, ObjectProvider<RerankModels> models) {
            MicrometerRerankListener.Builder builder = MicrometerRerankListener.builder(registry);
            Given.value(providerName(models), builder::providerName);
            return builder.build();
        }
    }

    /** Spans through OpenTelemetry itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(OpenTelemetry.class)
    @ConditionalOnProperty(prefix = OBSERVATIONS, name = "enabled", matchIfMissing = true)
    static class Spans {

        static final String LISTENER = "openTelemetryRerankListener";

        @Bean(LISTENER)
        @ConditionalOnSingleCandidate(OpenTelemetry.class)
        @ConditionalOnMissingBean
        OpenTelemetryRerankListener openTelemetryRerankListener(
                OpenTelemetry openTelemetry, RerankProperties properties, ObjectProvider<RerankModels> models) {
            boolean content = properties.observations().includeContent();
            OpenTelemetryRerankListener.Builder builder = OpenTelemetryRerankListener.builder(openTelemetry)
                    .captureScores(content)
                    .captureTexts(content);
            Given.value(providerName(models), builder::providerName);
            return builder.build();
        }
    }

    /** Observations through Micrometer, unless there are OpenTelemetry spans. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnProperty(prefix = OBSERVATIONS, name = "enabled", matchIfMissing = true)
    static class Observations {

        @Bean
        @ConditionalOnSingleCandidate(ObservationRegistry.class)
        @ConditionalOnMissingBean(name = Spans.LISTENER)
        ObservationRerankListener observationRerankListener(
                ObservationRegistry registry, RerankProperties properties, ObjectProvider<RerankModels> models) {
            return new ObservationRerankListener(
                    registry, providerName(models), properties.observations().includeContent());
        }
    }
}
