package dev.langchain4j.rerank.observability;

import dev.langchain4j.rerank.Ranking;
import dev.langchain4j.rerank.RerankErrorContext;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankRequestContext;
import dev.langchain4j.rerank.RerankResponseContext;
import dev.langchain4j.rerank.ScoringTimes;
import dev.langchain4j.rerank.internal.Arguments;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener that records metrics of rerankings with Micrometer, under the names of OpenTelemetry's GenAI convention
 * and its open proposal for reranking. Needs {@code io.micrometer:micrometer-core}. Thread-safe.
 *
 * <ul>
 *   <li>{@code gen_ai.client.operation.duration}: a timer, from the call of the aggregator to its answer
 *   <li>{@code gen_ai.rerank.candidate.count}: a summary of the number of candidates to score
 *   <li>{@code langchain4j.rerank.scoring.duration}: a timer of the {@link Ranking#times() parts} of scoring, if the
 *       model reports them, with the tag {@code langchain4j.rerank.part}: {@code waiting}, {@code tokenizing} or {@code
 *       inference}
 * </ul>
 *
 * <p>Tags: {@code gen_ai.operation.name} ({@code rerank}), {@code gen_ai.provider.name}, {@code gen_ai.request.model};
 * the first two metrics also have {@code error.type} (class of the exception) and {@code langchain4j.rerank.degraded}
 * ({@code true} or {@code false}). An unknown value is {@code none}. Texts never become tags.
 */
public final class MicrometerRerankListener implements RerankListener {

    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final @Nullable String providerName;

    private MicrometerRerankListener(Builder builder) {
        this.registry = builder.registry;
        this.providerName = builder.providerName;
    }

    /** Returns a builder of a listener that records into {@code registry}. */
    public static Builder builder(MeterRegistry registry) {
        return new Builder(registry);
    }

    @Override
    public void onResponse(RerankResponseContext context) {
        record(context.request(), context.duration(), null, context.ranking().degraded());
        ScoringTimes times = context.ranking().times();
        if (times != null) {
            recordPart("waiting", times.waiting(), context.request());
            recordPart("tokenizing", times.tokenizing(), context.request());
            recordPart("inference", times.inference(), context.request());
        }
    }

    private void recordPart(String part, Duration duration, RerankRequestContext request) {
        Timer.builder("langchain4j.rerank.scoring.duration")
                .description("Timing breakdown of scoring")
                .tags(common(request).and("langchain4j.rerank.part", part))
                .register(registry)
                .record(duration);
    }

    @Override
    public void onError(RerankErrorContext context) {
        record(context.request(), context.duration(), context.error(), false);
    }

    private void record(RerankRequestContext request, Duration duration, @Nullable Throwable error, boolean degraded) {
        Tags tags = common(request)
                .and(
                        "error.type",
                        error == null ? NONE : error.getClass().getName(),
                        "langchain4j.rerank.degraded",
                        String.valueOf(degraded));
        Timer.builder("gen_ai.client.operation.duration")
                .description("How long rerankings take")
                .tags(tags)
                .register(registry)
                .record(duration);
        DistributionSummary.builder("gen_ai.rerank.candidate.count")
                .description("Number of candidates to score")
                .tags(tags)
                .register(registry)
                .record(request.candidates().size());
    }

    private Tags common(RerankRequestContext request) {
        return Tags.of(
                "gen_ai.operation.name", "rerank",
                "gen_ai.provider.name", orNone(providerName),
                "gen_ai.request.model", orNone(request.modelName()));
    }

    private static String orNone(@Nullable String value) {
        return value == null ? NONE : value;
    }

    /** Options of a {@link MicrometerRerankListener}. */
    public static final class Builder {

        private final MeterRegistry registry;
        private @Nullable String providerName;

        private Builder(MeterRegistry registry) {
            this.registry = Arguments.required("registry", registry, "pass the registry that records the metrics");
        }

        /**
         * Provider of the model, for the tag {@code gen_ai.provider.name}, for instance {@code cohere}. Default:
         * unknown.
         */
        public Builder providerName(String providerName) {
            this.providerName = Arguments.required("providerName", providerName, "leave it out");
            return this;
        }

        public MicrometerRerankListener build() {
            return new MicrometerRerankListener(this);
        }
    }
}
