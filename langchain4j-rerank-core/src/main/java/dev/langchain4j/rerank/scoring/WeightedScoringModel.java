package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import dev.langchain4j.rerank.scoring.CommonScale.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weighted mean of the scores of several models: with weights w1, w2, ... and scores s1, s2, ...
 * of a text it is {@code (w1 s1 + w2 s2 + ...) / (w1 + w2 + ...)}. The linear combination of scores is as old as
 * Fox and Shaw, "Combination of Multiple Searches", TREC-2, 1994, whose CombSUM is the case of equal weights.
 *
 * <p>The mean has the scale of the models. They must all have the same one, {@link ScoreScale#LOGIT} or {@link
 * ScoreScale#PROBABILITY}, or a {@link Builder#normalizer} must convert their scores to one: numbers that state only an
 * order cannot be added. The mean is listwise if one of the models is, or if a scale is {@link ScoreScale#RELATIVE}.
 *
 * <p>The detail of a score is that of the model with the greatest weight, the first of them if several have it; a text is
 * reported as truncated if any model cut it. Token usage and billed units are the sums over all models.
 *
 * <p>A sync call calls the models one after the other, an async call all at once. If one fails, the call fails. Costs one
 * call of every model. Thread-safe. Closes nothing.
 */
public final class WeightedScoringModel implements ScaledScoringModel {

    /** A model and its share of the mean; the shares add up to 1. */
    private record Member(InnerModel model, double share) {}

    private final List<Member> members;
    private final CommonScale scale;

    private WeightedScoringModel(List<Member> members, CommonScale scale) {
        this.members = List.copyOf(members);
        this.scale = scale;
    }

    /**
     * Starts an ensemble.
     *
     * @param model one of the models
     * @param weight of its scores, above 0; only the proportions matter
     * @throws InvalidOptionException if the model is null or the weight out of range
     */
    public static Builder builder(ScoringModel model, double weight) {
        return new Builder().and(model, weight);
    }

    @Override
    public ScoreScale scoreScale() {
        return scale.scale();
    }

    @Override
    public boolean listwise() {
        return scale.listwise();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return CallContext.sync(segments, query, defaultRequestParameters(), this::score);
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return CallContext.async(request, this::score);
    }

    private CompletableFuture<ModelResponse> score(CallContext call) {
        List<CompletableFuture<ModelResponse>> responses = new ArrayList<>();
        for (Member member : members) {
            CompletableFuture<ModelResponse> response = call.score(
                            member.model().model(), call.segments())
                    .thenApply(scored -> scale.normalized(member.model(), scored));
            responses.add(response);
            if (response.isCompletedExceptionally()) {
                return response;
            }
        }
        return whenAll(responses).thenApply(this::mean);
    }

    /** Fails with the first future that fails, without waiting for the others. */
    private static CompletableFuture<List<ModelResponse>> whenAll(List<CompletableFuture<ModelResponse>> responses) {
        CompletableFuture<Void> all = CompletableFuture.allOf(responses.toArray(CompletableFuture<?>[]::new));
        for (CompletableFuture<ModelResponse> response : responses) {
            Futures.onCompletion(response, (scored, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        return all.thenApply(
                done -> responses.stream().map(CompletableFuture::join).toList());
    }

    private ModelResponse mean(List<ModelResponse> responses) {
        List<Double> scores = new ArrayList<>();
        List<ScoreDetail> details = new ArrayList<>();
        ModelResponse heaviest = responses.get(heaviest());
        for (int i = 0; i < heaviest.size(); i++) {
            int text = i;
            double mean = 0;
            for (int m = 0; m < responses.size(); m++) {
                mean += members.get(m).share() * responses.get(m).score(text);
            }
            scores.add(mean);
            boolean truncated = responses.stream()
                    .anyMatch(response -> response.detail(text).truncated());
            details.add(heaviest.detail(text).withTruncated(truncated));
        }
        ModelResponse means = ModelResponse.of(scores, details);
        for (ModelResponse response : responses) {
            means = means.plusUsageOf(response);
        }
        return means;
    }

    private int heaviest() {
        int heaviest = 0;
        for (int m = 1; m < members.size(); m++) {
            if (members.get(m).share() > members.get(heaviest).share()) {
                heaviest = m;
            }
        }
        return heaviest;
    }

    /** Builder of {@link WeightedScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final List<InnerModel> models = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private @Nullable Normalization normalization;

        private Builder() {}

        /**
         * Adds a model.
         *
         * @param weight of its scores, above 0
         * @throws InvalidOptionException if the model is null or the weight out of range
         */
        public Builder and(ScoringModel model, double weight) {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new InvalidOptionException(
                        "weight", "weight must be a finite number above 0, got %s".formatted(weight));
            }
            models.add(InnerModel.of(model, "model " + (models.size() + 1), "and"));
            weights.add(weight);
            return this;
        }

        /**
         * Converts the scores of each model to a common scale. Default none.
         *
         * @param normalizer called with the scores of one model at a time, and its scale
         * @param scale of the normalized scores; {@link ScoreScale#RELATIVE} if a score depends on the others of the call
         * @throws InvalidOptionException if one of them is null
         */
        public Builder normalizer(ScoreNormalizer normalizer, ScoreScale scale) {
            this.normalization = new Normalization(normalizer, scale);
            return this;
        }

        /**
         * Builds the ensemble; a single model makes one too.
         *
         * @throws IllegalStateException if the scales of the models differ or state only an order, and no normalizer is
         *     set
         */
        public WeightedScoringModel build() {
            CommonScale scale = CommonScale.of(models, normalization);
            if (normalization == null && scale.scale() == ScoreScale.RELATIVE) {
                throw new IllegalStateException(
                        "the scores of the models say only an order, they cannot be added; set a normalizer, "
                                + "or state the scale of the models with ScaledScoringModel.of");
            }
            double total = weights.stream().mapToDouble(Double::doubleValue).sum();
            List<Member> members = IntStream.range(0, models.size())
                    .mapToObj(m -> new Member(models.get(m), weights.get(m) / total))
                    .toList();
            return new WeightedScoringModel(members, scale);
        }
    }
}
