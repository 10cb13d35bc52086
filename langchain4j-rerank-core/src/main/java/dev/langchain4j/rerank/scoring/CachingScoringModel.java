package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.scoring.PairCache.Flight;
import dev.langchain4j.rerank.scoring.PairCache.Pair;
import dev.langchain4j.rerank.scoring.PairCache.PairScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the scores of a model in memory. What is remembered belongs to the pair of query and text and to the
 * parameters of the request (with the model name in them), compared exactly. The inner model is asked once about what
 * is missing, in one call.
 *
 * <p>While a pair is being scored, other calls that need it wait instead of scoring it again. They share its failure,
 * which is not remembered; but if the call that scores it is cancelled or interrupted, one of those that waited takes
 * over.
 *
 * <p>A listwise model is refused, since its scores do not belong to pairs. Scale, score details and parameters are those
 * of the inner model, token usage is that of the pairs that this very call had scored. The cache is a
 * {@link ProgressiveScoringModel} if the inner model is. Needs {@code caffeine} of {@code
 * com.github.ben-manes.caffeine} on the class path. Thread-safe. Closes nothing.
 */
public sealed class CachingScoringModel implements ScaledScoringModel {

    /**
     * What a cache has done since it was built.
     *
     * @param hits pairs whose score was known
     * @param joined pairs that another call was scoring already
     * @param misses pairs that the inner model was asked about
     * @param evictions scores forgotten for size or age
     * @param entries scores that are known now, about
     */
    public record Statistics(long hits, long joined, long misses, long evictions, long entries) {}

    private final ScoringModel inner;
    private final ScoreScale scale;
    private final PairCache cache;

    private CachingScoringModel(Builder builder) {
        inner = builder.inner.model();
        scale = builder.inner.scale();
        cache = builder.maxCharacters == null
                ? PairCache.ofEntries(builder.maxEntries, builder.expireAfterWrite, builder.nanoClock)
                : PairCache.ofCharacters(builder.maxCharacters, builder.expireAfterWrite, builder.nanoClock);
    }

    /**
     * Starts a cache.
     *
     * @param model whose scores are remembered; not listwise
     */
    public static Builder builder(ScoringModel model) {
        return new Builder(model);
    }

    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    @Override
    public ScoringRequestParameters defaultRequestParameters() {
        return inner.defaultRequestParameters();
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        return CallContext.sync(segments, query, defaultRequestParameters(), this::score);
    }

    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return CallContext.async(request, this::score);
    }

    /** What the cache has done since it was built. Cheap; counts that change meanwhile may not fit each other. */
    public Statistics statistics() {
        return cache.statistics();
    }

    private CompletableFuture<Scores> score(CallContext call) {
        List<Pair> pairs = new ArrayList<>();
        Map<Pair, TextSegment> distinct = new LinkedHashMap<>();
        for (TextSegment segment : call.segments()) {
            Pair pair = new Pair(call.parameters(), call.query(), segment.text());
            pairs.add(pair);
            distinct.putIfAbsent(pair, segment);
        }
        Whole caller = new Whole(call, distinct);
        return cache.bring(distinct.keySet(), caller).thenApply(brought -> caller.scores(pairs));
    }

    /** A call that wants all scores at once. */
    private final class Whole implements PairCache.Caller {

        private final CallContext call;
        private final Map<Pair, TextSegment> segments;
        private final Map<Pair, PairScore> found = new ConcurrentHashMap<>();
        private @Nullable String modelName;
        private @Nullable TokenUsage usage;

        private Whole(CallContext call, Map<Pair, TextSegment> segments) {
            this.call = call;
            this.segments = segments;
        }

        @Override
        public CompletableFuture<?> score(List<Flight> missing) {
            List<TextSegment> unknown =
                    missing.stream().map(flight -> segments.get(flight.pair())).toList();
            return call.ask(inner, unknown).thenAccept(scores -> {
                modelName = scores.modelName();
                usage = TokenUsage.sum(usage, scores.usage());
                for (int i = 0; i < missing.size(); i++) {
                    PairScore score = new PairScore(
                            scores.values().get(i), scores.details().get(i));
                    cache.land(missing.get(i), score);
                }
            });
        }

        @Override
        public void accept(Pair pair, PairScore score) {
            found.put(pair, score);
        }

        @Override
        public <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            return call.await(work);
        }

        @Override
        public boolean abandoned() {
            return call.abandoned();
        }

        private Scores scores(List<Pair> pairs) {
            List<PairScore> scores = pairs.stream().map(found::get).toList();
            return new Scores(
                    scores.stream().map(PairScore::score).toList(),
                    scores.stream().map(PairScore::detail).toList(),
                    modelName,
                    usage,
                    null);
        }
    }

    /** The cache of a model that tells scores as they come. */
    private static final class Progressive extends CachingScoringModel implements ProgressiveScoringModel {

        private final ProgressiveScoringModel inner;
        private final PairCache cache;

        private Progressive(Builder builder, ProgressiveScoringModel inner) {
            super(builder);
            this.inner = inner;
            this.cache = super.cache;
        }

        @Override
        public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
            CallContext.checkedTexts(texts);
            CallContext.checkedQuery(query);
            Map<Pair, List<Integer>> places = new LinkedHashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                Pair pair = new Pair(defaultRequestParameters(), query, texts.get(i));
                places.computeIfAbsent(pair, first -> new ArrayList<>()).add(i);
            }
            CompletableFuture<Void> answer = new CompletableFuture<>();
            CompletableFuture<?> unused = cache.bring(places.keySet(), new Telling(query, places, sink, answer))
                    .whenComplete((brought, failure) -> {
                        if (failure == null) {
                            answer.complete(null);
                        } else {
                            answer.completeExceptionally(CallContext.cause(failure));
                        }
                    });
            return answer;
        }

        /** A call that wants each score as it comes, the known ones at once. */
        private final class Telling implements PairCache.Caller {

            private final String query;
            private final Map<Pair, List<Integer>> places;
            private final ScoreSink sink;
            private final CompletableFuture<Void> answer;

            private Telling(
                    String query, Map<Pair, List<Integer>> places, ScoreSink sink, CompletableFuture<Void> answer) {
                this.query = query;
                this.places = places;
                this.sink = sink;
                this.answer = answer;
            }

            @Override
            public CompletableFuture<?> score(List<Flight> missing) {
                List<String> texts =
                        missing.stream().map(flight -> flight.pair().text()).toList();
                return CompletableFuture.completedFuture(texts).thenCompose(unknown -> {
                    CompletableFuture<Void> work = inner.scoreEach(unknown, query, new Landing(missing));
                    CallContext.cancelWith(answer, work);
                    return work;
                });
            }

            @Override
            public void accept(Pair pair, PairScore score) {
                if (!answer.isDone()) {
                    places.getOrDefault(pair, List.of())
                            .forEach(place -> sink.accept(place, score.score(), score.detail()));
                }
            }

            @Override
            public <T> CompletableFuture<T> await(CompletableFuture<T> work) {
                return work;
            }

            @Override
            public boolean abandoned() {
                return answer.isDone();
            }
        }

        /** Remembers what the inner model tells. */
        private final class Landing implements ScoreSink {

            private final List<Flight> missing;

            private Landing(List<Flight> missing) {
                this.missing = missing;
            }

            @Override
            public void accept(int index, double score) {
                accept(index, score, ScoreDetail.ofScored());
            }

            @Override
            public void accept(int index, double score, ScoreDetail detail) {
                cache.land(missing.get(index), new PairScore(Scores.finite(inner, index, score), detail));
            }
        }
    }

    /** Options of a {@link CachingScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final InnerModel inner;
        private long maxEntries = 10_000;
        private @Nullable Long maxCharacters;
        private @Nullable Duration expireAfterWrite;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder(ScoringModel model) {
            inner = InnerModel.of(model, "model");
        }

        /** How many scores are remembered at most, at least 1. Default 10,000. Takes {@link #maxCharacters} back. */
        public Builder maxEntries(long maxEntries) {
            this.maxEntries = positive("maxEntries", maxEntries);
            this.maxCharacters = null;
            return this;
        }

        /**
         * Bounds the cache by weight instead of by entries: how many characters the queries and texts of its entries
         * have together, at least 1. A pair that is longer than that is never remembered. Default none.
         */
        public Builder maxCharacters(long maxCharacters) {
            this.maxCharacters = positive("maxCharacters", maxCharacters);
            return this;
        }

        /** How long a score is remembered, more than zero. Default until it is evicted for size. */
        public Builder expireAfterWrite(Duration expireAfterWrite) {
            if (expireAfterWrite == null || expireAfterWrite.isNegative() || expireAfterWrite.isZero()) {
                throw new IllegalArgumentException(
                        "expireAfterWrite must be more than zero, got %s".formatted(expireAfterWrite));
            }
            this.expireAfterWrite = expireAfterWrite;
            return this;
        }

        /** Tells the nanoseconds that the ages of scores are the differences of. Default {@link System#nanoTime()}. */
        public Builder nanoClock(LongSupplier nanoClock) {
            if (nanoClock == null) {
                throw new IllegalArgumentException("nanoClock is null: give a clock");
            }
            this.nanoClock = nanoClock;
            return this;
        }

        /**
         * Builds the cache, empty.
         *
         * @throws IllegalStateException if the model is listwise, or if Caffeine is not on the class path
         */
        public CachingScoringModel build() {
            inner.pointwise("cached", "put the cache around the models inside it");
            try {
                return inner.model() instanceof ProgressiveScoringModel progressive
                        ? new Progressive(this, progressive)
                        : new CachingScoringModel(this);
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "a cache needs Caffeine on the class path: add com.github.ben-manes.caffeine:caffeine", e);
            }
        }

        private static long positive(String option, long value) {
            if (value < 1) {
                throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(option, value));
            }
            return value;
        }
    }
}
