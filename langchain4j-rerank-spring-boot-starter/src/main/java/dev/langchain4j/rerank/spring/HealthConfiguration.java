package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.RerankingContentAggregator;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Health indicator for the APIs of Boot 3 and Boot 4. Import the classes in the order given here: if both APIs are on
 * the class path, the first one is used.
 */
final class HealthConfiguration {

    static final String INDICATOR = "rerankHealthIndicator";

    private static final String BOOT_3 = "org.springframework.boot.actuate.health.HealthIndicator";
    private static final String BOOT_4 = "org.springframework.boot.health.contributor.HealthIndicator";

    private HealthConfiguration() {}

    /** The health report, for both APIs. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(Enabled.class)
    static class Report {

        @Bean
        RecentRankings rerankRecentRankings() {
            return new RecentRankings(Clock.systemUTC());
        }

        @Bean
        RerankHealth rerankHealth(
                RerankProperties properties,
                ObjectProvider<RerankModels> models,
                ObjectProvider<RerankingContentAggregator> aggregator,
                RecentRankings rankings) {
            return new RerankHealth(properties, models, aggregator, rankings, Clock.systemUTC());
        }
    }

    /** Indicator for Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(Enabled.class)
    @ConditionalOnClass(name = BOOT_3)
    static class Boot3 {

        @Bean(INDICATOR)
        @ConditionalOnMissingBean(name = INDICATOR)
        org.springframework.boot.actuate.health.HealthIndicator rerankHealthIndicator(RerankHealth health) {
            return () -> org.springframework.boot.actuate.health.Health.status(
                            health.state().name())
                    .withDetails(health.details())
                    .build();
        }
    }

    /** Indicator for Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(Enabled.class)
    @ConditionalOnClass(name = BOOT_4)
    static class Boot4 {

        @Bean(INDICATOR)
        @ConditionalOnMissingBean(name = INDICATOR)
        org.springframework.boot.health.contributor.HealthIndicator rerankHealthIndicator(RerankHealth health) {
            return () -> org.springframework.boot.health.contributor.Health.status(
                            health.state().name())
                    .withDetails(health.details())
                    .build();
        }
    }

    /**
     * Condition on Boot's own properties. The annotation that evaluates them is in a different package in each Boot
     * version.
     */
    static final class Enabled implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ClassLoader classes = context.getClassLoader();
            if (!ClassUtils.isPresent(BOOT_3, classes) && !ClassUtils.isPresent(BOOT_4, classes)) {
                return false;
            }
            boolean byDefault =
                    context.getEnvironment().getProperty("management.health.defaults.enabled", Boolean.class, true);
            return context.getEnvironment().getProperty("management.health.rerank.enabled", Boolean.class, byDefault);
        }
    }
}
