package dev.langchain4j.rerank.spring;

import dev.langchain4j.rerank.RankedContent;
import dev.langchain4j.rerank.RerankErrorContext;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankRequestContext;
import dev.langchain4j.rerank.RerankResponseContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener that observes rerankings through Micrometer, for applications that trace with it and have no
 * OpenTelemetry: one observation {@code gen_ai.client.operation} per reranking, with the names of {@code
 * OpenTelemetryRerankListener}. Boot converts it to a span and to a timer of the same name.
 */
final class ObservationRerankListener implements RerankListener {

    private static final String NAME = "gen_ai.client.operation";
    private static final String NONE = "none";

    private final ObservationRegistry registry;
    private final @Nullable String providerName;
    private final boolean includeContent;

    ObservationRerankListener(ObservationRegistry registry, @Nullable String providerName, boolean includeContent) {
        this.registry = registry;
        this.providerName = providerName;
        this.includeContent = includeContent;
    }

    @Override
    public void onRequest(RerankRequestContext context) {
        String model = context.modelName();
        Observation observation = Observation.createNotStarted(NAME, registry)
                .contextualName(model == null ? "rerank" : "rerank " + model)
                .lowCardinalityKeyValue("gen_ai.operation.name", "rerank")
                .lowCardinalityKeyValue("gen_ai.provider.name", providerName == null ? NONE : providerName)
                .lowCardinalityKeyValue("gen_ai.request.model", model == null ? NONE : model)
                // set again at the end; present from the start because the tag keys of a timer must never change
                .lowCardinalityKeyValue("error.type", NONE)
                .lowCardinalityKeyValue("langchain4j.rerank.degraded", "false")
                .highCardinalityKeyValue(
                        "gen_ai.rerank.candidate.count",
                        String.valueOf(context.candidates().size()))
                .highCardinalityKeyValue("gen_ai.rerank.top_n", String.valueOf(context.topK()))
                .highCardinalityKeyValue("openinference.span.kind", "RERANKER")
                .highCardinalityKeyValue("reranker.top_k", String.valueOf(context.topK()));
        if (model != null) {
            observation.highCardinalityKeyValue("reranker.model_name", model);
        }
        if (includeContent) {
            observation.highCardinalityKeyValue(
                    "reranker.query", context.query().text());
            for (int i = 0; i < context.candidates().size(); i++) {
                observation.highCardinalityKeyValue(
                        "reranker.input_documents.%d.document.content".formatted(i),
                        context.candidates().get(i).textSegment().text());
            }
        }
        context.attributes().put(this, observation.start());
    }

    @Override
    public void onResponse(RerankResponseContext context) {
        if (context.attributes().get(this) instanceof Observation observation) {
            observation.lowCardinalityKeyValue(
                    "langchain4j.rerank.degraded",
                    String.valueOf(context.ranking().degraded()));
            if (includeContent) {
                documents(observation, context.ranking().kept());
            }
            observation.stop();
        }
    }

    private static void documents(Observation observation, List<RankedContent> kept) {
        for (int i = 0; i < kept.size(); i++) {
            String document = "reranker.output_documents.%d.document.".formatted(i);
            observation.highCardinalityKeyValue(
                    document + "content", kept.get(i).content().textSegment().text());
            Double score = kept.get(i).score();
            if (score != null) {
                observation.highCardinalityKeyValue(document + "score", score.toString());
            }
        }
    }

    /** Records the type of the exception but not the exception itself, whose message may contain texts. */
    @Override
    public void onError(RerankErrorContext context) {
        if (context.attributes().get(this) instanceof Observation observation) {
            observation
                    .lowCardinalityKeyValue(
                            "error.type", context.error().getClass().getName())
                    .stop();
        }
    }
}
