package dev.langchain4j.rerank.scoring;

import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one scale on which the scores of several models stand side by side.
 *
 * @param scale what the scores mean
 * @param listwise whether a score depends on all texts of a call: by one of the models, or because scores of different
 *     calls do not compare
 * @param normalizer brings the scores of each model to the scale; null if they all have it
 */
record CommonScale(
        ScoreScale scale, boolean listwise, @Nullable ScoreNormalizer normalizer) {

    /** How a normalizer was asked for: what it does and what comes out. */
    record Normalization(ScoreNormalizer normalizer, ScoreScale scale) {

        Normalization {
            if (normalizer == null || scale == null) {
                throw new IllegalArgumentException(
                        "a normalizer and the scale of what it returns are needed, got %s for the latter"
                                .formatted(scale));
            }
        }
    }

    static CommonScale of(List<InnerModel> models, @Nullable Normalization normalization) {
        boolean listwise = models.stream().anyMatch(InnerModel::listwise)
                || models.stream().anyMatch(model -> model.scale() == ScoreScale.RELATIVE);
        if (normalization != null) {
            return new CommonScale(
                    normalization.scale(),
                    listwise || normalization.scale() == ScoreScale.RELATIVE,
                    normalization.normalizer());
        }
        ScoreScale scale = models.get(0).scale();
        if (models.stream().anyMatch(model -> model.scale() != scale)) {
            throw new IllegalStateException(
                    "the models have different scales, %s: their scores do not compare; set a normalizer that brings them to one"
                            .formatted(models.stream()
                                    .map(model -> model.role() + " " + model.scale())
                                    .collect(Collectors.joining(", "))));
        }
        return new CommonScale(scale, listwise, null);
    }

    Scores of(InnerModel model, Scores scores) {
        if (normalizer == null) {
            return scores;
        }
        double[] raw = scores.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] normalized = normalizer.normalize(raw, model.scale());
        if (normalized.length != raw.length || !Arrays.stream(normalized).allMatch(Double::isFinite)) {
            throw new InvalidScoresException(
                    "the normalizer returned %d numbers for %d scores of %s; as many finite ones are expected"
                            .formatted(normalized.length, raw.length, model.role()));
        }
        return new Scores(
                Arrays.stream(normalized).boxed().toList(),
                scores.details(),
                scores.modelName(),
                scores.usage(),
                scores.times());
    }
}
