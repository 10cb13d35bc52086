package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cascade of two models: a cheap one scores all texts, a costly one the best {@code keep} of them. The texts that the
 * costly model scored come first, in its order; behind them the rest in the order of the cheap model. Scores of different
 * models are never compared.
 *
 * <p>The score of a text is the number of texts ranked behind it, so it states the order and nothing else ({@link
 * ScoreScale#RELATIVE}); texts that one model scores equally have equal scores. The model is listwise: which texts reach
 * the costly model depends on all of them. Both models may be listwise themselves; a second cascade as the costly model
 * makes three stages. {@link ScoreDetail#stage()} is the stage that ranked a text: {@value #FIRST_STAGE} or {@value
 * #SECOND_STAGE}. Token usage, billed units and times are the sums over both models.
 *
 * <p>Costs one call of each model; with {@code keep} texts or fewer, and time for them, only the costly one. Thread-safe.
 * Closes neither.
 */
public final class CascadeScoringModel implements ScaledScoringModel {

    /** The stage of a text that only the cheap model scored. */
    public static final String FIRST_STAGE = "first";

    /** The stage of a text that the costly model scored. */
    public static final String SECOND_STAGE = "second";

    private final InnerModel cheap;
    private final InnerModel costly;
    private final int keep;
    private final @Nullable Duration latencyBudget;
    private final LongSupplier nanoClock;
    private final LatencyEstimate costlyLatency = new LatencyEstimate();

    private CascadeScoringModel(Builder builder) {
        cheap = builder.cheap;
        costly = builder.costly;
        keep = builder.keep;
        latencyBudget = builder.latencyBudget;
        nanoClock = builder.nanoClock;
    }

    /**
     * Starts a cascade of two models.
     *
     * @param cheap scores every text
     * @param costly scores the best of them
     * @throws dev.langchain4j.rerank.InvalidOptionException if one of them is null
     */
    public static Builder builder(ScoringModel cheap, ScoringModel costly) {
        return new Builder(cheap, costly);
    }

    @Override
    public ScoreScale scoreScale() {
        return ScoreScale.RELATIVE;
    }

    @Override
    public boolean listwise() {
        return true;
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
        long started = nanoClock.getAsLong();
        List<TextSegment> segments = call.segments();
        if (segments.size() <= affordable(started)) {
            int[] all = IntStream.range(0, segments.size()).toArray();
            return scoreCostly(call, all).thenApply(second -> ranked(ModelResponse.EMPTY, second, all));
        }
        return call.score(cheap.model(), segments).thenCompose(first -> {
            int[] best = best(first, affordable(started));
            return scoreCostly(call, best).thenApply(second -> ranked(first, second, best));
        });
    }

    /** The number of texts that the costly model scores in the rest of the budget. */
    private int affordable(long started) {
        if (latencyBudget == null) {
            return keep;
        }
        long left = latencyBudget.toNanos() - (nanoClock.getAsLong() - started);
        return Math.min(keep, Math.max(1, costlyLatency.textsIn(left)));
    }

    private CompletableFuture<ModelResponse> scoreCostly(CallContext call, int[] indexes) {
        List<TextSegment> texts =
                Arrays.stream(indexes).mapToObj(call.segments()::get).toList();
        long called = nanoClock.getAsLong();
        return call.score(costly.model(), texts).thenApply(response -> {
            costlyLatency.learn(nanoClock.getAsLong() - called, indexes.length);
            return response;
        });
    }

    /** The indexes of the best texts, in input order, so that the second stage keeps it as well where scores tie. */
    private static int[] best(ModelResponse first, int count) {
        return IntStream.range(0, first.size())
                .boxed()
                .sorted(Comparator.comparing(first.scores()::get, Comparator.reverseOrder()))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** A text with the score and the detail of the last stage that scored it. */
    private record Ranked(int index, boolean second, double score, ScoreDetail detail) {

        static final Comparator<Ranked> BEST_FIRST = Comparator.comparing(Ranked::second)
                .thenComparingDouble(Ranked::score)
                .reversed();
    }

    private static ModelResponse ranked(ModelResponse first, ModelResponse second, int[] best) {
        Ranked[] texts = new Ranked[Math.max(first.size(), best.length)];
        for (int i = 0; i < first.size(); i++) {
            texts[i] = new Ranked(i, false, first.score(i), first.detail(i).insideStage(FIRST_STAGE));
        }
        for (int i = 0; i < best.length; i++) {
            texts[best[i]] =
                    new Ranked(best[i], true, second.score(i), second.detail(i).insideStage(SECOND_STAGE));
        }
        return ModelResponse.of(
                        scoresByRank(texts),
                        Arrays.stream(texts).map(Ranked::detail).toList())
                .plusUsageOf(first)
                .plusUsageOf(second)
                .plusTimesOf(first)
                .plusTimesOf(second);
    }

    /** The number of texts ranked behind each text; texts that tie have the score of the first of them. */
    private static List<Double> scoresByRank(Ranked[] texts) {
        Ranked[] order = texts.clone();
        Arrays.sort(order, Ranked.BEST_FIRST);
        Double[] scores = new Double[texts.length];
        double score = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == 0 || Ranked.BEST_FIRST.compare(order[i - 1], order[i]) != 0) {
                score = order.length - 1 - i;
            }
            scores[order[i].index()] = score;
        }
        return List.of(scores);
    }

    /** Builder of {@link CascadeScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final InnerModel cheap;
        private final InnerModel costly;
        private int keep = 20;
        private @Nullable Duration latencyBudget;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder(ScoringModel cheap, ScoringModel costly) {
            this.cheap = InnerModel.of(cheap, "cheap", "cheap");
            this.costly = InnerModel.of(costly, "costly", "costly");
        }

        /** Number of the best texts that the costly model scores, at least 1; with a budget, the maximum. Default 20. */
        public Builder keep(int keep) {
            this.keep = Arguments.atLeast("keep", 1, keep);
            return this;
        }

        /**
         * Target duration of a call. The costly model receives only as many texts as it is expected to score in the time
         * that the cheap model leaves, at least one and at most {@link #keep(int)}. The cascade estimates the time per text
         * from its calls, waiting included, so that a busy machine gets fewer texts. The first call has no estimate and
         * uses {@code keep}. No call is cut short: the timeout of the aggregator does that. Default none.
         *
         * @param latencyBudget above zero
         */
        public Builder latencyBudget(Duration latencyBudget) {
            this.latencyBudget = Arguments.positive("latencyBudget", latencyBudget);
            return this;
        }

        /** The clock, in nanoseconds, of the latency budget. For tests. */
        Builder nanoClock(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            return this;
        }

        public CascadeScoringModel build() {
            return new CascadeScoringModel(this);
        }
    }
}
