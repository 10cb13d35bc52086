package dev.langchain4j.rerank.observability;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleArrayKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.DefaultScoringRequestParameters;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoringTimes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenTelemetryRerankListenerTest {

    private static final Map<Query, Collection<List<Content>>> FOUND = Map.of(
            Query.from("a secret query"),
            List.of(List.of(
                    Content.from(
                            TextSegment.from("a secret text"),
                            Map.of(ContentMetadata.SCORE, 0.9, ContentMetadata.EMBEDDING_ID, "id 1")),
                    Content.from("another secret text"))));

    @RegisterExtension
    static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

    private final ScoringModel breaking = (segments, query) -> {
        throw new IllegalStateException("a secret text");
    };

    @Test
    void traces_a_reranking_by_both_conventions_and_no_text_or_score() {
        builder(new NamedModel(), listener().build()).topK(1).build().rank(FOUND);

        SpanData span = onlySpan();
        assertThat(span.getName()).isEqualTo("rerank rerank-v3.5");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.hasEnded()).isTrue();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap())
                .isEqualTo(Map.<AttributeKey<?>, Object>of(
                        stringKey("gen_ai.operation.name"), "rerank",
                        stringKey("gen_ai.provider.name"), "cohere",
                        stringKey("gen_ai.request.model"), "rerank-v3.5",
                        longKey("gen_ai.rerank.candidate.count"), 2L,
                        longKey("gen_ai.rerank.top_n"), 1L,
                        stringKey("openinference.span.kind"), "RERANKER",
                        longKey("reranker.top_k"), 1L,
                        stringKey("reranker.model_name"), "rerank-v3.5"));
    }

    @Test
    void holds_scores_when_asked() {
        builder(new NamedModel(), listener().captureScores(true).build())
                .build()
                .rank(FOUND);

        SpanData span = onlySpan();
        assertThat(span.getAttributes().get(doubleArrayKey("gen_ai.rerank.scores")))
                .containsExactly(2.0, 1.0);
        assertThat(span.getAttributes().get(stringKey("reranker.input_documents.0.document.id")))
                .isEqualTo("id 1");
        assertThat(span.getAttributes().get(doubleKey("reranker.input_documents.0.document.score")))
                .isEqualTo(0.9);
        assertThat(span.getAttributes().get(doubleKey("reranker.output_documents.0.document.score")))
                .isEqualTo(2.0);
        assertThat(span.getAttributes().get(stringKey("reranker.output_documents.1.document.id")))
                .isEqualTo("id 1");
        assertThat(span.getAttributes().asMap().values())
                .noneMatch(value -> value.toString().contains("secret"));
    }

    @Test
    void holds_texts_when_asked() {
        builder(new NamedModel(), listener().captureTexts(true).build()).build().rank(FOUND);

        SpanData span = onlySpan();
        assertThat(span.getAttributes().get(stringKey("reranker.query"))).isEqualTo("a secret query");
        assertThat(span.getAttributes().get(stringKey("reranker.input_documents.1.document.content")))
                .isEqualTo("another secret text");
        assertThat(span.getAttributes().get(stringKey("reranker.output_documents.1.document.content")))
                .isEqualTo("a secret text");
        assertThat(span.getAttributes().get(doubleKey("reranker.output_documents.0.document.score")))
                .isNull();
    }

    @Test
    void marks_an_error_without_its_message() {
        assertThatThrownBy(() -> builder(breaking, listener().build()).build().rank(FOUND))
                .isInstanceOf(IllegalStateException.class);

        SpanData span = onlySpan();
        assertThat(span.getName()).isEqualTo("rerank");
        assertThat(span.hasEnded()).isTrue();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEmpty();
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("java.lang.IllegalStateException");
        assertThat(span.getEvents()).isEmpty();
    }

    @Test
    void marks_a_degraded_ranking() {
        builder(breaking, listener().build())
                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                .build()
                .rank(FOUND);

        SpanData span = onlySpan();
        assertThat(span.getAttributes().get(booleanKey("langchain4j.rerank.degraded")))
                .isTrue();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void says_where_the_time_of_scoring_went_if_the_model_tells_it() {
        ScoringTimes times = new ScoringTimes(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(40));
        ScoringModel timed = (segments, query) -> Response.from(
                List.of(1.0, 2.0),
                null,
                null,
                RerankMetadata.builder()
                        .scoreDetails(List.of(ScoreDetail.ofScored(), ScoreDetail.ofScored()))
                        .scoringTimes(times)
                        .build()
                        .toMap());

        builder(timed, listener().build()).build().rank(FOUND);

        Attributes attributes = onlySpan().getAttributes();
        assertThat(attributes.get(doubleKey("langchain4j.rerank.scoring.waiting")))
                .isEqualTo(0.003);
        assertThat(attributes.get(doubleKey("langchain4j.rerank.scoring.tokenizing")))
                .isEqualTo(0.001);
        assertThat(attributes.get(doubleKey("langchain4j.rerank.scoring.inference")))
                .isEqualTo(0.04);
    }

    @Test
    void meters_the_duration_in_seconds() {
        builder(new NamedModel(), listener().build()).build().rank(FOUND);

        MetricData metric = telemetry.getMetrics().get(0);
        assertThat(metric.getName()).isEqualTo("gen_ai.client.operation.duration");
        assertThat(metric.getUnit()).isEqualTo("s");
        HistogramPointData point =
                metric.getHistogramData().getPoints().iterator().next();
        assertThat(point.getCount()).isEqualTo(1);
        assertThat(point.getBoundaries()).hasSize(14).startsWith(0.01).endsWith(81.92);
        assertThat(point.getAttributes().asMap())
                .isEqualTo(Map.<AttributeKey<?>, Object>of(
                        stringKey("gen_ai.operation.name"), "rerank",
                        stringKey("gen_ai.provider.name"), "cohere",
                        stringKey("gen_ai.request.model"), "rerank-v3.5"));
    }

    private static OpenTelemetryRerankListener.Builder listener() {
        return OpenTelemetryRerankListener.builder(telemetry.getOpenTelemetry()).providerName("cohere");
    }

    private static RerankingContentAggregator.Builder builder(
            ScoringModel model, OpenTelemetryRerankListener listener) {
        return RerankingContentAggregator.builder(model).listener(listener);
    }

    private static SpanData onlySpan() {
        List<SpanData> spans = telemetry.getSpans();
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }

    private static final class NamedModel implements ScoringModel {

        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            return Response.from(List.of(1.0, 2.0));
        }

        @Override
        public ScoringRequestParameters defaultRequestParameters() {
            return DefaultScoringRequestParameters.builder()
                    .modelName("rerank-v3.5")
                    .build();
        }
    }
}
