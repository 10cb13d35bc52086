package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreDetails;
import dev.langchain4j.rerank.ScoringTimes;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model answered: one finite score and one detail a text, in the order of the texts. */
record Scores(
        List<Double> values,
        List<ScoreDetail> details,
        @Nullable String modelName,
        @Nullable TokenUsage usage,
        @Nullable ScoringTimes times) {

    static final Scores NONE = new Scores(List.of(), List.of(), null, null, null);

    /** What a model answered to a sync call with so many texts, checked. */
    static Scores of(ScoringModel model, int texts, Response<List<Double>> response) {
        return new Scores(
                checked(model, texts, response.content()),
                checkedDetails(model, texts, ScoreDetails.of(response)),
                null,
                response.tokenUsage(),
                ScoringTimes.of(response));
    }

    /** What a model answered to an async call with so many texts, checked. */
    static Scores of(ScoringModel model, int texts, ScoringResponse response) {
        return new Scores(
                checked(model, texts, response.scores()),
                checkedDetails(model, texts, ScoreDetails.of(response)),
                response.modelName(),
                response.tokenUsage(),
                ScoringTimes.of(response));
    }

    Response<List<Double>> toResponse() {
        return Response.from(values, usage, null, ScoreDetails.metadata(details, times));
    }

    ScoringResponse toScoringResponse() {
        return ScoringResponse.builder()
                .scores(values)
                .metadata(ScoreDetails.metadata(details, times, modelName, usage))
                .build();
    }

    /** The same scores, told as those of a stage; a stage inside the model stays readable: {@code stage/inner}. */
    Scores ofStage(String stage) {
        return new Scores(
                values, details.stream().map(detail -> ofStage(stage, detail)).toList(), modelName, usage, times);
    }

    static ScoreDetail ofStage(String stage, ScoreDetail detail) {
        String path = detail.stage().equals(ScoreDetail.SCORED) ? stage : stage + "/" + detail.stage();
        return new ScoreDetail(detail.scored(), path, detail.bestWindow(), detail.truncated());
    }

    /** The score itself, if it is one. */
    static double finite(ScoringModel model, int index, @Nullable Double score) {
        if (score == null || !Double.isFinite(score)) {
            throw new InvalidScoresException("%s returned %s for the text at index %d; a score must be a finite number"
                    .formatted(model.getClass().getSimpleName(), score, index));
        }
        return score;
    }

    private static List<Double> checked(ScoringModel model, int texts, @Nullable List<Double> scores) {
        if (scores == null || scores.size() != texts) {
            throw new InvalidScoresException(
                    "%s returned %s scores for %d texts; one a text is expected, in their order"
                            .formatted(model.getClass().getSimpleName(), scores == null ? "no" : scores.size(), texts));
        }
        for (int i = 0; i < texts; i++) {
            finite(model, i, scores.get(i));
        }
        return List.copyOf(scores);
    }

    private static List<ScoreDetail> checkedDetails(ScoringModel model, int texts, List<ScoreDetail> details) {
        if (details.isEmpty()) {
            return Collections.nCopies(texts, ScoreDetail.ofScored());
        }
        if (details.size() != texts) {
            throw new InvalidScoresException(
                    "%s returned %d score details for %d texts; one a text is expected, or none"
                            .formatted(model.getClass().getSimpleName(), details.size(), texts));
        }
        return details;
    }
}
