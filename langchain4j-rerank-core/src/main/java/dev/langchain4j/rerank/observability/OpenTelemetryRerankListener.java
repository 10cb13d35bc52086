package dev.langchain4j.rerank.observability;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankErrorContext;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankRequestContext;
import dev.langchain4j.rerank.RerankResponseContext;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.internal.Arguments;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A listener that traces rerankings and records metrics with OpenTelemetry. Needs {@code
 * io.opentelemetry:opentelemetry-api}. Thread-safe.
 *
 * <p>Each reranking is a span {@code rerank}, followed by the model's name if it has one, and a point of the histogram
 * {@code gen_ai.client.operation.duration} (seconds). Names are those of the GenAI convention with its open proposal
 * for reranking ({@code gen_ai.rerank.candidate.count}, {@code gen_ai.rerank.top_n}), and beside them those of
 * OpenInference ({@code openinference.span.kind}, {@code reranker.*}). A degraded reranking has the attribute {@code
 * langchain4j.rerank.degraded}. If the model reports {@linkplain Ranking#times() its timing breakdown}, the span has it
 * in seconds: {@code langchain4j.rerank.scoring.waiting}, {@code .tokenizing} and {@code .inference}.
 *
 * <p>By default, no scores and no texts leave the program, nor do messages of exceptions, which may contain either.
 */
public final class OpenTelemetryRerankListener implements RerankListener {

    private static final String SCOPE = "dev.langchain4j.rerank";

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> CANDIDATE_COUNT = AttributeKey.longKey("gen_ai.rerank.candidate.count");
    private static final AttributeKey<Long> TOP_N = AttributeKey.longKey("gen_ai.rerank.top_n");
    private static final AttributeKey<List<Double>> SCORES = AttributeKey.doubleArrayKey("gen_ai.rerank.scores");
    private static final AttributeKey<Boolean> DEGRADED = AttributeKey.booleanKey("langchain4j.rerank.degraded");

    /** The buckets that the convention recommends for durations of model calls, in seconds. */
    private static final List<Double> DURATION_BUCKETS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    private final Tracer tracer;
    private final DoubleHistogram durations;
    private final @Nullable String providerName;
    private final boolean captureScores;
    private final boolean captureTexts;

    private OpenTelemetryRerankListener(Builder builder) {
        this.tracer = builder.openTelemetry.getTracer(SCOPE);
        this.durations = builder.openTelemetry
                .getMeter(SCOPE)
                .histogramBuilder("gen_ai.client.operation.duration")
                .setUnit("s")
                .setDescription("How long rerankings take")
                .setExplicitBucketBoundariesAdvice(DURATION_BUCKETS)
                .build();
        this.providerName = builder.providerName;
        this.captureScores = builder.captureScores;
        this.captureTexts = builder.captureTexts;
    }

    /** Returns a builder of a listener that reports to {@code openTelemetry}. */
    public static Builder builder(OpenTelemetry openTelemetry) {
        return new Builder(openTelemetry);
    }

    @Override
    public void onRequest(RerankRequestContext context) {
        String model = context.modelName();
        SpanBuilder builder = tracer.spanBuilder(model == null ? "rerank" : "rerank " + model)
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(common(context))
                .setAttribute(CANDIDATE_COUNT, (long) context.candidates().size())
                .setAttribute(TOP_N, (long) context.topK())
                .setAttribute("openinference.span.kind", "RERANKER")
                .setAttribute("reranker.top_k", context.topK());
        if (model != null) {
            builder.setAttribute("reranker.model_name", model);
        }
        if (captureTexts) {
            builder.setAttribute("reranker.query", context.query().text());
        }
        Span span = builder.startSpan();
        List<Content> candidates = context.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            Object score = candidates.get(i).metadata().get(ContentMetadata.SCORE);
            document(
                    span,
                    "reranker.input_documents." + i,
                    candidates.get(i),
                    score instanceof Number number ? number.doubleValue() : null);
        }
        context.attributes().put(this, span);
    }

    @Override
    public void onResponse(RerankResponseContext context) {
        durations.record(seconds(context.duration()), common(context.request()));
        if (context.attributes().get(this) instanceof Span span) {
            List<RankedContent> kept = context.ranking().kept();
            for (int i = 0; i < kept.size(); i++) {
                document(
                        span,
                        "reranker.output_documents." + i,
                        kept.get(i).content(),
                        kept.get(i).score());
            }
            if (captureScores) {
                span.setAttribute(
                        SCORES,
                        kept.stream()
                                .map(RankedContent::score)
                                .filter(Objects::nonNull)
                                .toList());
            }
            if (context.ranking().degraded()) {
                span.setAttribute(DEGRADED, true);
            }
            ScoringTimes times = context.ranking().times();
            if (times != null) {
                span.setAttribute("langchain4j.rerank.scoring.waiting", seconds(times.waiting()));
                span.setAttribute("langchain4j.rerank.scoring.tokenizing", seconds(times.tokenizing()));
                span.setAttribute("langchain4j.rerank.scoring.inference", seconds(times.inference()));
            }
            span.end();
        }
    }

    @Override
    public void onError(RerankErrorContext context) {
        String errorType = context.error().getClass().getName();
        durations.record(
                seconds(context.duration()),
                common(context.request()).toBuilder().put(ERROR_TYPE, errorType).build());
        if (context.attributes().get(this) instanceof Span span) {
            span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, errorType);
            span.end();
        }
    }

    private Attributes common(RerankRequestContext request) {
        AttributesBuilder attributes = Attributes.builder().put(OPERATION, "rerank");
        if (providerName != null) {
            attributes.put(PROVIDER, providerName);
        }
        String model = request.modelName();
        if (model != null) {
            attributes.put(MODEL, model);
        }
        return attributes.build();
    }

    /**
     * A document in the form of OpenInference: its id, its score if scores are captured, its text if texts are
     * captured.
     */
    private void document(Span span, String prefix, Content content, @Nullable Double score) {
        if (captureScores) {
            if (content.metadata().get(ContentMetadata.EMBEDDING_ID) instanceof String id) {
                span.setAttribute(prefix + ".document.id", id);
            }
            if (score != null) {
                span.setAttribute(prefix + ".document.score", score);
            }
        }
        if (captureTexts) {
            span.setAttribute(
                    prefix + ".document.content", content.textSegment().text());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Options of an {@link OpenTelemetryRerankListener}. */
    public static final class Builder {

        private final OpenTelemetry openTelemetry;
        private @Nullable String providerName;
        private boolean captureScores;
        private boolean captureTexts;

        private Builder(OpenTelemetry openTelemetry) {
            this.openTelemetry = Arguments.required(
                    "openTelemetry", openTelemetry, "pass the instance that receives spans and metrics");
        }

        /** Provider of the model, for {@code gen_ai.provider.name}, for instance {@code cohere}. Default: unknown. */
        public Builder providerName(String providerName) {
            this.providerName = Arguments.required("providerName", providerName, "leave it out");
            return this;
        }

        /**
         * Whether spans contain scores: {@code gen_ai.rerank.scores} of the contents that are passed on, and score and
         * embedding id of each document that goes in or comes out. Default {@code false}.
         */
        public Builder captureScores(boolean captureScores) {
            this.captureScores = captureScores;
            return this;
        }

        /** Whether spans contain the query and the texts of all documents. Default {@code false}. */
        public Builder captureTexts(boolean captureTexts) {
            this.captureTexts = captureTexts;
            return this;
        }

        public OpenTelemetryRerankListener build() {
            return new OpenTelemetryRerankListener(this);
        }
    }
}
