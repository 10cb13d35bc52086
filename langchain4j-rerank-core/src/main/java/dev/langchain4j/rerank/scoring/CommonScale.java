package dev.langchain4j.rerank.scoring;

import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The common scale of several models' scores.
 *
 * @param scale the meaning of the scores
 * @param listwise whether a score depends on all texts of a call: because one of the models is listwise, or because scores
 *     of different calls cannot be compared
 * @param normalizer converts the scores of each model to the scale; null if all models have it
 */
record CommonScale(
        ScoreScale scale, boolean listwise, @Nullable ScoreNormalizer normalizer) {

    /**
     * The normalizer option of a builder.
     *
     * @param scale of the normalized scores
     */
    record Normalization(ScoreNormalizer normalizer, ScoreScale scale) {

        Normalization {
            Arguments.required("normalizer", normalizer, "pass a normalizer and the scale of its scores");
            Arguments.required("scale", scale, "declare LOGIT, PROBABILITY or RELATIVE for the normalized scores");
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

    /** The response of one of the models with its scores on this scale. */
    ModelResponse normalized(InnerModel model, ModelResponse response) {
        if (normalizer == null) {
            return response;
        }
        double[] raw =
                response.scores().stream().mapToDouble(Double::doubleValue).toArray();
        double[] normalized = normalizer.normalize(raw, model.scale());
        if (normalized.length != raw.length || !Arrays.stream(normalized).allMatch(Double::isFinite)) {
            throw new InvalidScoresException(
                    "the normalizer returned %d numbers for %d scores of %s; it must return one finite number per score"
                            .formatted(normalized.length, raw.length, model.role()));
        }
        return response.withScores(Arrays.stream(normalized).boxed().toList());
    }
}
