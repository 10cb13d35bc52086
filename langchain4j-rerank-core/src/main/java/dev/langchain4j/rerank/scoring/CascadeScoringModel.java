package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoringTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cheap model scores all texts, a costly one the best {@code keep} of them. The texts that the costly model saw come
 * first, in its order; behind them the rest in the order of the cheap one. What two models say about different texts is
 * never compared.
 *
 * <p>The score of a text is the number of texts ranked behind it, so it says the order and nothing else
 * ({@link ScoreScale#RELATIVE}); texts that one model scores equally have equal scores. The model is listwise: which
 * texts reach the costly model depends on all of them. Both models may be listwise themselves; a second cascade as the
 * costly model makes three stages. {@link ScoreDetail#stage()} says which stage ranked a text: {@value #FIRST_STAGE} or
 * {@value #SECOND_STAGE}.
 *
 * <p>Costs one call of each model; with {@code keep} texts or fewer, and time for them, only the costly one. Thread-safe. Closes neither.
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
    private final LatencyEstimate costlyTime = new LatencyEstimate();

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

    private CompletableFuture<Scores> score(CallContext call) {
        long started = nanoClock.getAsLong();
        List<TextSegment> segments = call.segments();
        if (segments.size() <= affordable(started)) {
            int[] all = IntStream.range(0, segments.size()).toArray();
            return askCostly(call, all).thenApply(second -> ranked(Scores.NONE, second, all));
        }
        return call.ask(cheap.model(), segments).thenCompose(first -> {
            int[] best = best(first, affordable(started));
            return askCostly(call, best).thenApply(second -> ranked(first, second, best));
        });
    }

    /** How many texts the costly model is to score in what is left of the budget. */
    private int affordable(long started) {
        if (latencyBudget == null) {
            return keep;
        }
        long left = latencyBudget.toNanos() - (nanoClock.getAsLong() - started);
        return Math.min(keep, Math.max(1, costlyTime.textsIn(left)));
    }

    private CompletableFuture<Scores> askCostly(CallContext call, int[] places) {
        List<TextSegment> texts =
                Arrays.stream(places).mapToObj(call.segments()::get).toList();
        long asked = nanoClock.getAsLong();
        return call.ask(costly.model(), texts).thenApply(scores -> {
            costlyTime.learn(nanoClock.getAsLong() - asked, places.length);
            return scores;
        });
    }

    /** The places of the best texts, in input order, so that the second stage too keeps it where scores tie. */
    private static int[] best(Scores first, int count) {
        return IntStream.range(0, first.values().size())
                .boxed()
                .sorted(Comparator.comparing(first.values()::get, Comparator.reverseOrder()))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** A text as the stage left it that had the last word on it. */
    private record Ranked(int place, boolean second, double score, ScoreDetail detail) {

        static final Comparator<Ranked> BEST_FIRST = Comparator.comparing(Ranked::second)
                .thenComparingDouble(Ranked::score)
                .reversed();
    }

    private static Scores ranked(Scores first, Scores second, int[] best) {
        Ranked[] texts = new Ranked[Math.max(first.values().size(), best.length)];
        for (int place = 0; place < first.values().size(); place++) {
            ScoreDetail detail = Scores.ofStage(FIRST_STAGE, first.details().get(place));
            texts[place] = new Ranked(place, false, first.values().get(place), detail);
        }
        for (int i = 0; i < best.length; i++) {
            ScoreDetail detail = Scores.ofStage(SECOND_STAGE, second.details().get(i));
            texts[best[i]] = new Ranked(best[i], true, second.values().get(i), detail);
        }
        return new Scores(
                scoresByRank(texts),
                Arrays.stream(texts).map(Ranked::detail).toList(),
                null,
                TokenUsage.sum(first.usage(), second.usage()),
                ScoringTimes.sum(first.times(), second.times()));
    }

    /** The number of texts behind the first of those that tie with a text. */
    private static List<Double> scoresByRank(Ranked[] texts) {
        Ranked[] order = texts.clone();
        Arrays.sort(order, Ranked.BEST_FIRST);
        Double[] scores = new Double[texts.length];
        double score = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == 0 || Ranked.BEST_FIRST.compare(order[i - 1], order[i]) != 0) {
                score = order.length - 1 - i;
            }
            scores[order[i].place()] = score;
        }
        return List.of(scores);
    }

    /** Options of a {@link CascadeScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final InnerModel cheap;
        private final InnerModel costly;
        private int keep = 20;
        private @Nullable Duration latencyBudget;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder(ScoringModel cheap, ScoringModel costly) {
            this.cheap = InnerModel.of(cheap, "cheap");
            this.costly = InnerModel.of(costly, "costly");
        }

        /** How many of the best texts the costly model scores, at least 1; the most, with a budget. Default 20. */
        public Builder keep(int keep) {
            if (keep < 1) {
                throw new IllegalArgumentException("keep must be at least 1, got %d".formatted(keep));
            }
            this.keep = keep;
            return this;
        }

        /**
         * How long a call is to take. The costly model gets no more texts than it is expected to score in what the cheap
         * one has left of that, at least one and at most {@link #keep(int)}; the cascade learns from its calls what a
         * text takes, waiting included, so that it asks less of a busy machine. The first call knows nothing yet and
         * asks for {@code keep}. Nothing is cut off in the middle: what ends a call in time is the aggregator's timeout.
         * Default none.
         *
         * @param latencyBudget more than 0
         */
        public Builder latencyBudget(Duration latencyBudget) {
            if (latencyBudget.isNegative() || latencyBudget.isZero()) {
                throw new IllegalArgumentException(
                        "latencyBudget must be more than 0, got %s".formatted(latencyBudget));
            }
            this.latencyBudget = latencyBudget;
            return this;
        }

        /** For tests. */
        Builder nanoClock(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            return this;
        }

        public CascadeScoringModel build() {
            return new CascadeScoringModel(this);
        }
    }
}
