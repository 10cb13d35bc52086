package dev.langchain4j.rerank.spring;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.CandidateFusion;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.QuerySelector;
import dev.langchain4j.rerank.RerankListener;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.SelectionPolicy;
import dev.langchain4j.rerank.spring.RerankProperties.Aggregator;
import dev.langchain4j.rerank.spring.RerankProperties.Aggregator.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the aggregator from its properties. */
record AggregatorFactory(Aggregator properties, @Nullable TokenCountEstimator tokens) {

    private static final Logger log = LoggerFactory.getLogger(RerankAutoConfiguration.class);

    RerankingContentAggregator create(ScoringModel model, List<RerankListener> listeners) {
        warnOfMinScore(model);
        return RerankConfigurationException.build(Aggregator.PREFIX, Aggregator.class, () -> {
            RerankingContentAggregator.Builder builder = RerankingContentAggregator.builder(model)
                    .topK(properties.topK())
                    .maxCandidates(properties.maxCandidates())
                    .onFailure(FailurePolicy.valueOf(properties.onFailure().name()))
                    .fusion(fusion());
            Given.value(properties.minScore(), builder::minScore);
            Given.value(properties.timeout(), builder::timeout);
            if (properties.normalizer() == Aggregator.Normalizer.SIGMOID) {
                builder.normalizer(ScoreNormalizer.sigmoid());
            }
            if (properties.query() == Aggregator.Query.ORIGINAL) {
                builder.querySelector(QuerySelector.originalUserMessage());
            }
            if (!properties.metadataKeys().isEmpty()) {
                builder.textTemplate(textTemplate());
            }
            builder.selection(selection());
            listeners.forEach(builder::listener);
            builder.listener(new NothingToDropWarning());
            return builder.build();
        });
    }

    private CandidateFusion fusion() {
        if (properties.fusion() == Aggregator.Fusion.RECIPROCAL_RANK) {
            return RerankConfigurationException.make(
                    Aggregator.PREFIX + ".rrf-k", () -> CandidateFusion.reciprocalRank(properties.rrfK()));
        }
        if (properties.weights().isEmpty()) {
            throw new RerankConfigurationException(
                    "%s.fusion=weighted has no weights".formatted(Aggregator.PREFIX),
                    "Set %s.weights to one number from 0 to 1 per retriever, in the order of the retrievers"
                            .formatted(Aggregator.PREFIX),
                    null);
        }
        return CandidateFusion.weighted(
                properties.weights().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private String textTemplate() {
        return Stream.concat(properties.metadataKeys().stream(), Stream.of("text"))
                .map("{{%s}}"::formatted)
                .collect(Collectors.joining("\n"));
    }

    private SelectionPolicy[] selection() {
        Selection selection = properties.selection();
        List<SelectionPolicy> steps = new ArrayList<>();
        if (selection.scoreGap()) {
            steps.add(SelectionPolicy.scoreGap(1, properties.topK()));
        }
        Integer maxPerSource = selection.maxPerSource();
        if (maxPerSource != null) {
            steps.add(RerankConfigurationException.make(
                    Selection.PREFIX + ".max-per-source",
                    () -> SelectionPolicy.perSource(selection.sourceKey(), maxPerSource)));
        }
        Integer tokenBudget = selection.tokenBudget();
        if (tokenBudget != null) {
            steps.add(tokenBudget(tokenBudget));
        }
        return steps.toArray(SelectionPolicy[]::new);
    }

    private SelectionPolicy tokenBudget(int budget) {
        String property = Selection.PREFIX + ".token-budget";
        if (tokens == null) {
            throw new RerankConfigurationException(
                    "%s=%d needs a bean that counts tokens, and there is none".formatted(property, budget),
                    "Define a bean of type dev.langchain4j.model.TokenCountEstimator",
                    null);
        }
        return RerankConfigurationException.make(property, () -> SelectionPolicy.tokenBudget(budget, tokens));
    }

    /**
     * Warns of a minimum score that does not fit the scale: one between 0 and 1 is usually meant as a probability, and
     * would cut logits arbitrarily.
     */
    private void warnOfMinScore(ScoringModel model) {
        Double minScore = properties.minScore();
        if (minScore == null || !(model instanceof ScaledScoringModel scaled)) {
            return;
        }
        boolean logits = scaled.scoreScale() == ScoreScale.LOGIT
                && properties.normalizer() == Aggregator.Normalizer.NONE
                && minScore > 0
                && minScore < 1;
        if (logits) {
            log.warn(
                    "{}.min-score={} is applied to logits, where 0 is even odds; set {}.normalizer=sigmoid, or set min-score to a logit",
                    Aggregator.PREFIX,
                    minScore,
                    Aggregator.PREFIX);
        }
        if (scaled.scoreScale() == ScoreScale.RELATIVE) {
            log.warn(
                    "{}.min-score={} is applied to RELATIVE scores, which are comparable within one ranking only; remove min-score",
                    Aggregator.PREFIX,
                    minScore);
        }
    }
}
