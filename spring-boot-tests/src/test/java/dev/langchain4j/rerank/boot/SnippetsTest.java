package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankErrorContext;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankResponseContext;
import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.observability.MicrometerRerankListener;
import dev.langchain4j.rerank.observability.OpenTelemetryRerankListener;
import dev.langchain4j.rerank.spring.RerankAutoConfiguration;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Runs the snippets of the documents about Spring Boot and listeners. */
@ExtendWith(OutputCaptureExtension.class)
class SnippetsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RerankAutoConfiguration.class))
            .withBean(FakeScoringModel.class);

    // tag::reranker
    @Component
    static class Search {

        private final Reranker reranker;

        Search(Reranker reranker) {
            this.reranker = reranker;
        }

        List<RerankResult> best(String question, List<String> documents) {
            return reranker.rerank(question, documents);
        }
    }
    // end::reranker

    @Test
    void a_component_reranks_without_a_chain() {
        runner.withBean(Search.class)
                .run(application -> assertThat(application.getBean(Search.class).best("question", List.of("a", "b")))
                        .hasSize(2));
    }

    // tag::listener
    @Configuration(proxyBeanMethods = false)
    static class Rankings {

        private static final Logger log = LoggerFactory.getLogger(Rankings.class);

        @Bean
        RerankListener rankings() {
            return new RerankListener() {

                @Override
                public void onResponse(RerankResponseContext context) {
                    log.info(
                            "{} of {} candidates kept in {} ms, degraded: {}",
                            context.ranking().kept().size(),
                            context.request().candidates().size(),
                            context.duration().toMillis(),
                            context.ranking().degraded());
                }

                @Override
                public void onError(RerankErrorContext context) {
                    log.warn("reranking failed: {}", context.error().getClass().getName());
                }
            };
        }
    }
    // end::listener

    @Test
    void a_listener_of_the_application_hears_of_rankings(CapturedOutput output) {
        runner.withUserConfiguration(Rankings.class).run(application -> {
            rerank(application.getBean(RerankingContentAggregator.class));
            assertThat(output).contains("1 of 1 candidates kept in ", " ms, degraded: false");
        });
    }

    @Test
    void listeners_work_without_spring() {
        MeterRegistry registry = new SimpleMeterRegistry();
        rerank(observed(new FakeScoringModel(), registry, OpenTelemetry.noop()));
        assertThat(registry.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
    }

    private static RerankingContentAggregator observed(
            ScoringModel model, MeterRegistry meterRegistry, OpenTelemetry openTelemetry) {
        // tag::listeners
        RerankingContentAggregator aggregator = RerankingContentAggregator.builder(model)
                .listener(MicrometerRerankListener.builder(meterRegistry)
                        .providerName("cohere")
                        .build())
                .listener(OpenTelemetryRerankListener.builder(openTelemetry)
                        .providerName("cohere")
                        .captureScores(true) // default: no scores
                        .captureTexts(false) // the default: no query, no passages
                        .build())
                .build();
        // end::listeners
        return aggregator;
    }

    private static void rerank(RerankingContentAggregator aggregator) {
        aggregator.aggregate(Map.of(Query.from("query"), List.of(List.of(Content.from("passage")))));
    }
}
