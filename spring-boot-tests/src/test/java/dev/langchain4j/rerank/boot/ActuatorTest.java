package dev.langchain4j.rerank.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.boot.plain.PlainApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ActuatorTest {

    private static final String KEY = "s3cr3t-key";
    private static final String HEADER = "s3cr3t-header";

    private final RerankServer server = new RerankServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void no_actuator_prints_a_key_even_where_values_are_shown() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always",
                "CO_API_KEY=" + KEY,
                "HF_TOKEN=" + KEY)) {
            for (String path : List.of("env", "configprops", "beans", "conditions", "health")) {
                assertThat(Application.actuator(application, path))
                        .as(path)
                        .isNotEmpty()
                        .doesNotContain(KEY)
                        .doesNotContain(HEADER);
            }
            assertThat(Application.actuator(application, "env"))
                    .contains("langchain4j.rerank.api.cohere.api-key", server.url(), "******");
            assertThat(Application.actuator(application, "configprops"))
                    .contains("langchain4j.rerank", server.url(), "******");
        }
    }

    @Test
    void metrics_tell_of_rerankings() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            rerank(application);
            assertThat(Application.actuator(
                            application, "metrics/gen_ai.client.operation.duration?tag=gen_ai.operation.name:rerank"))
                    .contains("\"statistic\":\"COUNT\",\"value\":1.0", "gen_ai.provider.name", "cohere");
            assertThat(Application.actuator(application, "metrics/gen_ai.rerank.candidate.count"))
                    .contains("\"statistic\":\"TOTAL\",\"value\":2.0");
        }
    }

    @Test
    void health_names_the_model_and_asks_it_nothing() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(Application.actuator(application, "health/rerank"))
                    .contains(
                            "\"status\":\"UP\"",
                            "ApiScoringModel[Cohere ",
                            "\"scale\":\"probability\"",
                            "\"failuresInARow\":0");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void health_tells_what_runs_the_local_model_and_how_busy_it_is() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "langchain4j.rerank.local.model-path=" + TinyModel.DIRECTORY,
                "langchain4j.rerank.local.workers=2",
                "langchain4j.rerank.order=local,cohere")) {
            assertThat(new JsonMapper()
                            .readTree(Application.actuator(application, "health/rerank"))
                            .at("/details/models/local"))
                    .hasToString(
                            "{\"model\":\"CrossEncoderScoringModel[%s, [cpu], 2 workers]\",\"scale\":\"logit\",\"engine\":\"onnx-runtime\",\"workers\":2,\"waitingCalls\":0}"
                                    .formatted(TinyModel.DIRECTORY));
        }
    }

    @Test
    void health_is_down_when_callers_get_failures_and_up_again_after_a_success() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            server.answerWith(500);
            for (int i = 0; i < 3; i++) {
                assertThat(Application.actuator(application, "health/rerank")).contains("\"status\":\"UP\"");
                assertThatThrownBy(() -> rerank(application)).isNotNull();
            }
            assertThat(Application.actuator(application, "health/rerank"))
                    .contains("\"status\":\"DOWN\"", "\"failuresInARow\":3", "\"lastFailureType\":\"dev.langchain4j.");
            server.answerWith(200);
            rerank(application);
            assertThat(Application.actuator(application, "health/rerank"))
                    .contains("\"status\":\"UP\"", "\"degraded\":false", "\"lastSuccess\":");
        }
    }

    @Test
    void health_is_up_and_degraded_when_callers_get_the_retrieval_order() throws Exception {
        try (ConfigurableApplicationContext application =
                start("langchain4j.rerank.aggregator.on-failure=keep-retrieval-order")) {
            server.answerWith(500);
            for (int i = 0; i < 4; i++) {
                rerank(application);
            }
            assertThat(Application.actuator(application, "health/rerank"))
                    .contains("\"status\":\"UP\"", "\"degraded\":true", "\"failuresInARow\":4");
        }
    }

    private ConfigurableApplicationContext start(String... properties) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always",
                "langchain4j.rerank.api.cohere.api-key=" + KEY,
                "langchain4j.rerank.api.cohere.base-url=" + server.url(),
                "langchain4j.rerank.api.cohere.max-retries=0",
                "langchain4j.rerank.api.cohere.custom-headers.X-Account=" + HEADER));
        all.addAll(List.of(properties));
        return Application.startWeb(PlainApplication.class, all.toArray(String[]::new));
    }

    private static void rerank(ConfigurableApplicationContext application) {
        application
                .getBean(RerankingContentAggregator.class)
                .aggregate(Map.of(
                        Query.from("query"), List.of(List.of(Content.from("passage 1"), Content.from("passage 2")))));
    }
}
