package dev.langchain4j.rerank.spring;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.TextWindower;
import dev.langchain4j.rerank.scoring.CachingScoringModel;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.scoring.FallbackScoringModel;
import dev.langchain4j.rerank.scoring.LongDocumentScoringModel;
import dev.langchain4j.rerank.spring.RerankProperties.Cache;
import dev.langchain4j.rerank.spring.RerankProperties.Cascade;
import dev.langchain4j.rerank.spring.RerankProperties.LongDocuments;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Composes one model from several: cascade(first, fallback(cache(windows(model)), ...)), each part only if it is
 * configured. The caches are inside the fallback, so that one response never mixes scores of two models.
 */
record Composition(RerankProperties properties, @Nullable TokenCountEstimator tokens) {

    ScaledScoringModel of(ModelPlan plan, Function<String, ScaledScoringModel> models) {
        Map<String, ScaledScoringModel> chain = new LinkedHashMap<>();
        plan.order().forEach(id -> chain.put(id, single(id, models)));
        ScaledScoringModel composed = fallback(chain);
        String first = plan.first();
        return first == null ? composed : cascade(single(first, models), composed);
    }

    private ScaledScoringModel single(String id, Function<String, ScaledScoringModel> models) {
        return cached(windowed(id, models.apply(id)));
    }

    private ScaledScoringModel windowed(String id, ScaledScoringModel model) {
        LongDocuments settings = properties.longDocuments();
        if (!settings.enabled()) {
            return model;
        }
        return RerankConfigurationException.build(LongDocuments.PREFIX, LongDocuments.class, () -> {
            LongDocumentScoringModel.Builder builder = LongDocumentScoringModel.builder(model)
                    .window(settings.window())
                    .overlap(settings.overlap());
            switch (settings.combine()) {
                case MAX -> builder.max();
                case MEAN_OF_TOP_3 -> builder.meanOfTop(3);
                case FIRST -> builder.first();
            }
            if (!(model instanceof TextWindower)) {
                builder.tokenCountEstimator(tokenCounter(id));
            }
            return builder.build();
        });
    }

    private TokenCountEstimator tokenCounter(String id) {
        if (tokens == null) {
            throw new RerankConfigurationException(
                    "%s.enabled=true needs a bean that counts the tokens of %s, and there is none"
                            .formatted(LongDocuments.PREFIX, id),
                    "Define a bean of type dev.langchain4j.model.TokenCountEstimator, or use a local model",
                    null);
        }
        return tokens;
    }

    private ScaledScoringModel cached(ScaledScoringModel model) {
        Cache settings = properties.cache();
        if (!settings.enabled()) {
            return model;
        }
        return RerankConfigurationException.build(
                Cache.PREFIX,
                Cache.class,
                () -> CachingScoringModel.builder(model)
                        .maxEntries(settings.maxEntries())
                        .expireAfterWrite(settings.expireAfterWrite())
                        .build());
    }

    private static ScaledScoringModel fallback(Map<String, ScaledScoringModel> chain) {
        FallbackScoringModel.Builder builder = null;
        for (Map.Entry<String, ScaledScoringModel> link : chain.entrySet()) {
            builder = builder == null
                    ? FallbackScoringModel.builder(link.getKey(), link.getValue())
                    : builder.orElse(link.getKey(), link.getValue());
        }
        if (builder == null || chain.size() == 1) {
            return chain.values().iterator().next();
        }
        Set<ScoreScale> scales = EnumSet.noneOf(ScoreScale.class);
        chain.values().forEach(model -> scales.add(model.scoreScale()));
        if (scales.size() > 1) {
            builder.normalizer(
                    ScoreNormalizer.toUnitInterval(),
                    scales.contains(ScoreScale.RELATIVE) ? ScoreScale.RELATIVE : ScoreScale.PROBABILITY);
        }
        return RerankConfigurationException.build(RerankProperties.PREFIX, RerankProperties.class, builder::build);
    }

    private ScaledScoringModel cascade(ScaledScoringModel first, ScaledScoringModel costly) {
        Cascade settings = properties.cascade();
        return RerankConfigurationException.build(Cascade.PREFIX, Cascade.class, () -> {
            CascadeScoringModel.Builder builder =
                    CascadeScoringModel.builder(first, costly).keep(settings.keep());
            Given.value(settings.latencyBudget(), builder::latencyBudget);
            return builder.build();
        });
    }
}
