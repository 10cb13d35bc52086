package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.boot.plain.PlainApplication;
import dev.langchain4j.rerank.observability.MicrometerRerankListener;
import dev.langchain4j.rerank.observability.OpenTelemetryRerankListener;
import dev.langchain4j.rerank.spring.RerankAutoConfiguration;
import dev.langchain4j.rerank.testkit.FakeScoringModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class ObservabilityTest {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    private final List<Observation.Context> observed = new ArrayList<>();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RerankAutoConfiguration.class))
            .withBean(FakeScoringModel.class);

    ObservabilityTest() {
        observations.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                observed.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    @Test
    void a_reranking_is_a_span_where_there_is_open_telemetry() {
        runner.withBean(OpenTelemetry.class, () -> openTelemetry)
                .withBean(ObservationRegistry.class, () -> observations)
                .run(application -> {
                    rerank(application);
                    assertThat(spans.getFinishedSpanItems())
                            .singleElement()
                            .satisfies(span -> assertThat(span.getName()).isEqualTo("rerank"))
                            .satisfies(span -> assertThat(texts(span)).doesNotContain("passage", "the query"))
                            .satisfies(span -> assertThat(
                                            span.getAttributes().get(AttributeKey.stringKey("openinference.span.kind")))
                                    .isEqualTo("RERANKER"));
                    assertThat(observed).isEmpty();
                });
    }

    @Test
    void spans_hold_texts_only_where_that_is_asked_for() {
        runner.withBean(OpenTelemetry.class, () -> openTelemetry)
                .withPropertyValues("langchain4j.rerank.observations.include-content=true")
                .run(application -> {
                    rerank(application);
                    assertThat(texts(spans.getFinishedSpanItems().get(0))).contains("passage", "the query");
                });
    }

    @Test
    void a_reranking_is_an_observation_where_there_is_no_open_telemetry() {
        runner.withBean(ObservationRegistry.class, () -> observations).run(application -> {
            rerank(application);
            assertThat(observed).singleElement().satisfies(observation -> {
                assertThat(observation.getName()).isEqualTo("gen_ai.client.operation");
                assertThat(observation.getContextualName()).isEqualTo("rerank");
                assertThat(observation.getAllKeyValues().stream().map(pair -> pair.getKey() + "=" + pair.getValue()))
                        .containsExactlyInAnyOrder(
                                "gen_ai.operation.name=rerank",
                                "gen_ai.provider.name=none",
                                "gen_ai.request.model=none",
                                "gen_ai.rerank.candidate.count=1",
                                "gen_ai.rerank.top_n=5",
                                "openinference.span.kind=RERANKER",
                                "reranker.top_k=5",
                                "error.type=none",
                                "langchain4j.rerank.degraded=false");
            });
        });
    }

    @Test
    void observations_hold_texts_and_scores_only_where_that_is_asked_for() {
        runner.withBean(ObservationRegistry.class, () -> observations)
                .withPropertyValues("langchain4j.rerank.observations.include-content=true")
                .run(application -> {
                    rerank(application);
                    double score = FakeScoringModel.scoreOf("passage", "the query");
                    assertThat(observed.get(0).getHighCardinalityKeyValues().stream()
                                    .map(pair -> pair.getKey() + "=" + pair.getValue()))
                            .contains(
                                    "reranker.query=the query",
                                    "reranker.input_documents.0.document.content=passage",
                                    "reranker.output_documents.0.document.content=passage",
                                    "reranker.output_documents.0.document.score=" + score);
                });
    }

    @Test
    void an_observation_of_a_failure_names_its_type_and_not_its_message() {
        runner.withBean(ObservationRegistry.class, () -> observations).run(application -> {
            application.getBean(FakeScoringModel.class).fail(new IllegalStateException("about a passage"));
            try {
                rerank(application);
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("about a passage");
            }
            assertThat(observed).singleElement().satisfies(observation -> {
                assertThat(observation.getError()).isNull();
                assertThat(observation.getLowCardinalityKeyValue("error.type").getValue())
                        .isEqualTo("java.lang.IllegalStateException");
            });
        });
    }

    @Test
    void rerankings_are_metered_where_there_is_a_registry() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(application -> {
            rerank(application);
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("gen_ai.client.operation.duration")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void metrics_and_traces_can_be_left_out() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(OpenTelemetry.class, () -> openTelemetry)
                .withBean(ObservationRegistry.class, () -> observations)
                .withPropertyValues(
                        "langchain4j.rerank.metrics.enabled=false", "langchain4j.rerank.observations.enabled=false")
                .run(application -> assertThat(application)
                        .doesNotHaveBean(MicrometerRerankListener.class)
                        .doesNotHaveBean(OpenTelemetryRerankListener.class)
                        .doesNotHaveBean("observationRerankListener"));
    }

    @Test
    void a_real_application_meters_and_traces_once() {
        try (ConfigurableApplicationContext application = Application.start(
                PlainApplication.class, "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY)) {
            assertThat(application.getBeansOfType(MicrometerRerankListener.class))
                    .hasSize(1);
            assertThat(Stream.of(application.getBeanNamesForType(RerankListener.class))
                            .filter(name -> name.equals("openTelemetryRerankListener")
                                    || name.equals("observationRerankListener")))
                    .hasSize(1);
        }
    }

    private static void rerank(ApplicationContext application) {
        application
                .getBean(RerankingContentAggregator.class)
                .aggregate(Map.of(Query.from("the query"), List.of(List.of(Content.from("passage")))));
    }

    private static List<Object> texts(SpanData span) {
        return List.copyOf(span.getAttributes().asMap().values());
    }
}
