package dev.langchain4j.rerank.internal;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.ScoringTimes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The checked response of a scoring model: one finite score per segment, in the order of the segments, and metadata with
 * one detail per score or none.
 */
public record ModelResponse(List<Double> scores, RerankMetadata metadata) {

    /** The response to a call without segments. */
    public static final ModelResponse EMPTY =
            new ModelResponse(List.of(), RerankMetadata.builder().build());

    private static final String PROMISE = "a scoring model returns one finite score per segment, in their order";

    /** A response with these scores and details, and nothing else known. */
    public static ModelResponse of(List<Double> scores, List<ScoreDetail> details) {
        return new ModelResponse(
                List.copyOf(scores),
                RerankMetadata.builder().scoreDetails(details).build());
    }

    /**
     * Checks a response of the sync path.
     *
     * @param segments number of segments that the model was given
     * @throws InvalidScoresException if the response is not one finite score per segment
     */
    public static ModelResponse of(ScoringModel model, @Nullable Response<List<Double>> response, int segments) {
        if (response == null) {
            throw noResponse(model, segments);
        }
        return checked(model, response.content(), RerankMetadata.of(response), segments);
    }

    /** Checks a response of the async path, as {@link #of(ScoringModel, Response, int)} does. */
    public static ModelResponse of(ScoringModel model, @Nullable ScoringResponse response, int segments) {
        if (response == null) {
            throw noResponse(model, segments);
        }
        return checked(model, response.scores(), RerankMetadata.of(response), segments);
    }

    /**
     * Checks that an async call returned a future.
     *
     * @throws InvalidScoresException if it returned null
     */
    public static <T> CompletableFuture<T> future(ScoringModel model, @Nullable CompletableFuture<T> future) {
        if (future == null) {
            throw new InvalidScoresException(nameOf(model) + " returned null instead of a future");
        }
        return future;
    }

    private static InvalidScoresException noResponse(ScoringModel model, int segments) {
        return new InvalidScoresException(
                "%s returned null for %d segments; %s".formatted(nameOf(model), segments, PROMISE));
    }

    private static ModelResponse checked(
            ScoringModel model, @Nullable List<Double> scores, RerankMetadata metadata, int segments) {
        if (scores == null || scores.size() != segments) {
            throw new InvalidScoresException("%s returned %s scores for %d segments; %s"
                    .formatted(nameOf(model), scores == null ? "no" : scores.size(), segments, PROMISE));
        }
        int details = metadata.scoreDetails().size();
        if (details != 0 && details != segments) {
            throw new InvalidScoresException(
                    "%s returned %d score details for %d segments; a scoring model returns one detail per score or none"
                            .formatted(nameOf(model), details, segments));
        }
        for (int i = 0; i < segments; i++) {
            finite(model, scores.get(i), i, segments);
        }
        return new ModelResponse(List.copyOf(scores), metadata);
    }

    /**
     * Checks one score.
     *
     * @throws InvalidScoresException if it is null, infinite or NaN; the message names the segment
     */
    public static double finite(ScoringModel model, @Nullable Double score, int index, int segments) {
        if (score == null || !Double.isFinite(score)) {
            throw new InvalidScoresException("%s returned %s for the segment at index %d of %d; %s"
                    .formatted(nameOf(model), score, index, segments, PROMISE));
        }
        return score;
    }

    /**
     * The name of a model in messages: its class without package and enclosing classes, for an anonymous class with the
     * class that encloses it; of a model whose scale the user declared, that of the model itself.
     */
    public static String nameOf(ScoringModel model) {
        if (model instanceof DeclaredScaleModel declared) {
            return nameOf(declared.model());
        }
        String simpleName = model.getClass().getSimpleName();
        String name = model.getClass().getName();
        return simpleName.isEmpty() ? name.substring(name.lastIndexOf('.') + 1) : simpleName;
    }

    /** The number of scores. */
    public int size() {
        return scores.size();
    }

    /** The score of the segment at an index. */
    public double score(int index) {
        return scores.get(index);
    }

    /** The detail of the segment at an index: the model's, or that it was scored. */
    public ScoreDetail detail(int index) {
        return metadata.scoreDetails().isEmpty()
                ? ScoreDetail.ofScored()
                : metadata.scoreDetails().get(index);
    }

    /** One detail per score: the model's, or that the segment was scored. */
    public List<ScoreDetail> details() {
        return metadata.scoreDetails().isEmpty()
                ? Collections.nCopies(size(), ScoreDetail.ofScored())
                : metadata.scoreDetails();
    }

    /**
     * Reports the scores with their details, and the timing breakdown if there is one.
     *
     * @param first index of the first segment of the response in the list of the sink
     */
    public void report(int first, ScoreSink sink) {
        for (int i = 0; i < size(); i++) {
            sink.accept(first + i, score(i), detail(i));
        }
        ScoringTimes times = metadata.scoringTimes();
        if (times != null) {
            sink.times(times);
        }
    }

    /** The same response with other scores. */
    public ModelResponse withScores(List<Double> scores) {
        return new ModelResponse(List.copyOf(scores), metadata);
    }

    /** The same response with other details, one per score. */
    public ModelResponse withDetails(List<ScoreDetail> details) {
        return new ModelResponse(scores, copy().scoreDetails(details).build());
    }

    /** The same response with other scores and details, one detail per score; the number of scores may change. */
    public ModelResponse with(List<Double> scores, List<ScoreDetail> details) {
        return new ModelResponse(
                List.copyOf(scores), copy().scoreDetails(details).build());
    }

    /** The same response for a stage of a composed model, as {@link ScoreDetail#insideStage} does. */
    public ModelResponse insideStage(String stage) {
        return withDetails(
                details().stream().map(detail -> detail.insideStage(stage)).toList());
    }

    /** The same response under the model name of another, null included. */
    public ModelResponse withModelNameOf(ModelResponse other) {
        return new ModelResponse(
                scores, copy().modelName(other.metadata.modelName()).build());
    }

    /** The same response with the token usage and the billed units of another call added. */
    public ModelResponse plusUsageOf(ModelResponse other) {
        return new ModelResponse(
                scores,
                copy().tokenUsage(TokenUsage.sum(metadata.tokenUsage(), other.metadata.tokenUsage()))
                        .billedUnits(sum(metadata.billedUnits(), other.metadata.billedUnits()))
                        .build());
    }

    /** The same response with the timing breakdown of another call added. */
    public ModelResponse plusTimesOf(ModelResponse other) {
        ScoringTimes times = ScoringTimes.sum(metadata.scoringTimes(), other.metadata.scoringTimes());
        return new ModelResponse(scores, copy().scoringTimes(times).build());
    }

    private RerankMetadata.Builder copy() {
        return RerankMetadata.builder()
                .modelName(metadata.modelName())
                .tokenUsage(metadata.tokenUsage())
                .scoreDetails(metadata.scoreDetails())
                .scoringTimes(metadata.scoringTimes())
                .billedUnits(metadata.billedUnits());
    }

    private static Map<String, Double> sum(Map<String, Double> first, Map<String, Double> second) {
        Map<String, Double> sum = new TreeMap<>(first);
        second.forEach((unit, amount) -> sum.merge(unit, amount, Double::sum));
        return sum;
    }

    /** This response for the sync path. */
    public Response<List<Double>> toResponse() {
        return Response.from(scores, metadata.tokenUsage(), null, metadata.toMap());
    }

    /** This response for the async path. */
    public ScoringResponse toScoringResponse() {
        return ScoringResponse.builder().scores(scores).metadata(metadata).build();
    }
}
