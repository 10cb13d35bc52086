package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreNormalizer;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.scoring.CommonScale.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets several models score the same texts and takes the weighted mean: with weights w1, w2, ... and scores s1, s2, ...
 * of a text it is {@code (w1 s1 + w2 s2 + ...) / (w1 + w2 + ...)}. The linear combination of scores is as old as
 * Fox and Shaw, "Combination of Multiple Searches", TREC-2, 1994, whose CombSUM is the case of equal weights.
 *
 * <p>The mean has the scale of the models. They must all have the same one, {@link ScoreScale#LOGIT} or {@link
 * ScoreScale#PROBABILITY}, or a {@link Builder#normalizer} must bring their scores to one: numbers that say only an
 * order cannot be added. The mean is listwise if one of the models is, or if a scale is {@link ScoreScale#RELATIVE}.
 *
 * <p>The detail of a score is that of the model with the greatest weight, the first of them if several have it; a text is
 * reported as truncated if any model cut it.
 *
 * <p>A sync call asks the models one after the other, an async call all at once. If one fails, the call fails. Costs a
 * call of every model. Thread-safe. Closes nothing.
 */
public final class WeightedScoringModel implements ScaledScoringModel {

    /** A model and how much of the mean it makes, all shares together being 1. */
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
     * @param weight how much its scores count, more than zero; only the proportions matter
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

    private CompletableFuture<Scores> score(CallContext call) {
        List<CompletableFuture<Scores>> answers = new ArrayList<>();
        for (Member member : members) {
            CompletableFuture<Scores> answer = call.ask(member.model().model(), call.segments())
                    .thenApply(scores -> scale.of(member.model(), scores));
            answers.add(answer);
            if (answer.isCompletedExceptionally()) {
                return answer;
            }
        }
        return whenAll(answers).thenApply(this::mean);
    }

    /** Fails with the first that fails, without waiting for the others. */
    private static CompletableFuture<List<Scores>> whenAll(List<CompletableFuture<Scores>> answers) {
        CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
        for (CompletableFuture<Scores> answer : answers) {
            CompletableFuture<?> unused = answer.whenComplete((scores, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        return all.thenApply(
                done -> answers.stream().map(CompletableFuture::join).toList());
    }

    private Scores mean(List<Scores> answers) {
        List<Double> values = new ArrayList<>();
        List<ScoreDetail> details = new ArrayList<>();
        List<ScoreDetail> ofHeaviest = answers.get(heaviest()).details();
        for (int i = 0; i < ofHeaviest.size(); i++) {
            int text = i;
            double mean = 0;
            for (int m = 0; m < answers.size(); m++) {
                mean += members.get(m).share() * answers.get(m).values().get(text);
            }
            values.add(mean);
            ScoreDetail detail = ofHeaviest.get(text);
            boolean truncated = answers.stream()
                    .anyMatch(scores -> scores.details().get(text).truncated());
            details.add(new ScoreDetail(detail.scored(), detail.stage(), detail.bestWindow(), truncated));
        }
        TokenUsage usage = answers.stream().map(Scores::usage).reduce(null, TokenUsage::sum);
        return new Scores(values, details, null, usage, null);
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

    /** Options of a {@link WeightedScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final List<InnerModel> models = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private @Nullable Normalization normalization;

        private Builder() {}

        /**
         * Adds a model.
         *
         * @param weight how much its scores count, more than zero
         */
        public Builder and(ScoringModel model, double weight) {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight must be a finite number above 0, got %s".formatted(weight));
            }
            models.add(InnerModel.of(model, "model " + (models.size() + 1)));
            weights.add(weight);
            return this;
        }

        /**
         * Brings the scores of each model to a scale that they have in common.
         *
         * @param normalizer gets the scores of one model at a time, and the scale of that model
         * @param scale what comes out; {@link ScoreScale#RELATIVE} if it depends on the other scores of the call
         */
        public Builder normalizer(ScoreNormalizer normalizer, ScoreScale scale) {
            this.normalization = new Normalization(normalizer, scale);
            return this;
        }

        /**
         * Builds the ensemble; a single model makes one too.
         *
         * @throws IllegalStateException if the scales of the models differ or say only an order, and no normalizer is
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
