package dev.langchain4j.rerank.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.testkit.FakeScoringModel;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The class path of this test contains the health APIs of both Boot versions, which may also happen in an application.
 */
class HealthConfigurationTest {

    @Test
    void two_health_apis_on_the_class_path_give_one_indicator() {
        try (AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext()) {
            application.registerBean(FakeScoringModel.class);
            application.register(RerankAutoConfiguration.class);
            application.refresh();
            assertThat(application.getBeanNamesForType(org.springframework.boot.actuate.health.HealthIndicator.class))
                    .containsExactly("rerankHealthIndicator");
            assertThat(application.getBeanNamesForType(
                            org.springframework.boot.health.contributor.HealthIndicator.class))
                    .isEmpty();
        }
    }
}
