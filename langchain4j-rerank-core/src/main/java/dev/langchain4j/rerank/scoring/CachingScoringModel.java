package dev.langchain4j.rerank.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import dev.langchain4j.rerank.internal.ProgressiveAdapter;
import dev.langchain4j.rerank.scoring.PairCache.Claim;
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
 * An in-memory cache of a model's scores. The key of a score is the pair of query and text with the parameters of the
 * request (with the model name in them), compared exactly. The inner model is called once per call, with all missing
 * pairs.
 *
 * <p>While a pair is being scored, other calls that need it wait instead of scoring it again. If that fails, all of them
 * fail and nothing is cached; but if the call that scores it is cancelled or interrupted, one of the waiting calls takes
 * over.
 *
 * <p>A listwise model is refused, since its scores do not belong to pairs. Scale, score details and parameters are those
 * of the inner model; token usage and billed units are those of the inner calls that this call made, so a call whose
 * pairs are all cached reports none. The cache is {@linkplain #progressive() progressive} if the inner model is. Needs
 * {@code caffeine} of {@code com.github.ben-manes.caffeine} on the class path. Thread-safe. Closes nothing.
 */
public final class CachingScoringModel implements ScaledScoringModel, ProgressiveScoringModel {

    /**
     * Counters of a cache since it was built.
     *
     * @param hits pairs whose score was cached
     * @param joined pairs that another call was already scoring
     * @param misses pairs that the inner model was called with
     * @param evictions scores evicted for size or age
     * @param entries approximate number of scores that are cached now
     */
    public record Statistics(long hits, long joined, long misses, long evictions, long entries) {}

    private final ScoringModel inner;
    private final ProgressiveScoringModel progressive;
    private final ScoreScale scale;
    private final PairCache cache;

    private CachingScoringModel(Builder builder) {
        inner = builder.inner.model();
        progressive = ProgressiveAdapter.of(inner);
        scale = builder.inner.scale();
        cache = builder.maxCharacters == null
                ? PairCache.ofEntries(builder.maxEntries, builder.expireAfterWrite, builder.nanoClock)
                : PairCache.ofCharacters(builder.maxCharacters, builder.expireAfterWrite, builder.nanoClock);
    }

    /**
     * Starts a cache.
     *
     * @param model the model whose scores are cached; not listwise
     * @throws dev.langchain4j.rerank.InvalidOptionException if the model is null
     */
    public static Builder builder(ScoringModel model) {
        return new Builder(model);
    }

    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    @Override
    public boolean progressive() {
        return progressive.progressive();
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

    /** Reports cached scores at once, and the others as the inner model reports them. */
    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return Futures.start(() -> {
            List<String> checked = Arguments.texts(texts);
            ProgressiveCall call = new ProgressiveCall(checked, Arguments.query(query), sink);
            Futures.forward(cache.resolve(call.indexes.keySet(), call), call.done);
            return call.done;
        });
    }

    /** Returns the counters. Cheap; not a consistent snapshot while other calls are running. */
    public Statistics statistics() {
        return cache.statistics();
    }

    private CompletableFuture<ModelResponse> score(CallContext context) {
        List<Pair> pairs = new ArrayList<>();
        Map<Pair, TextSegment> distinct = new LinkedHashMap<>();
        for (TextSegment segment : context.segments()) {
            Pair pair = new Pair(context.parameters(), context.query(), segment.text());
            pairs.add(pair);
            distinct.putIfAbsent(pair, segment);
        }
        WholeCall call = new WholeCall(context, distinct);
        return cache.resolve(distinct.keySet(), call).thenApply(accepted -> call.response(pairs));
    }

    /** A call that needs all scores at once. */
    private final class WholeCall implements PairCache.Caller {

        private final CallContext context;
        private final Map<Pair, TextSegment> segments;
        private final Map<Pair, PairScore> found = new ConcurrentHashMap<>();

        /** Usage, billed units and model name of the inner calls. */
        private ModelResponse used = ModelResponse.EMPTY;

        private WholeCall(CallContext context, Map<Pair, TextSegment> segments) {
            this.context = context;
            this.segments = segments;
        }

        @Override
        public CompletableFuture<?> compute(List<Claim> own) {
            List<TextSegment> missing =
                    own.stream().map(claim -> segments.get(claim.pair())).toList();
            return context.score(inner, missing).thenAccept(response -> {
                used = used.plusUsageOf(response).withModelNameOf(response);
                for (int i = 0; i < own.size(); i++) {
                    cache.complete(own.get(i), new PairScore(response.score(i), response.detail(i)));
                }
            });
        }

        @Override
        public void accept(Pair pair, PairScore score) {
            found.put(pair, score);
        }

        @Override
        public <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            return context.await(work);
        }

        @Override
        public boolean abandoned() {
            return context.abandoned();
        }

        private ModelResponse response(List<Pair> pairs) {
            List<PairScore> scores = pairs.stream().map(found::get).toList();
            return used.with(
                    scores.stream().map(PairScore::score).toList(),
                    scores.stream().map(PairScore::detail).toList());
        }
    }

    /** A call that needs each score as soon as it is known. */
    private final class ProgressiveCall implements PairCache.Caller {

        private final String query;
        private final ScoreSink sink;
        private final Map<Pair, List<Integer>> indexes = new LinkedHashMap<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        private ProgressiveCall(List<String> texts, String query, ScoreSink sink) {
            this.query = query;
            this.sink = sink;
            for (int i = 0; i < texts.size(); i++) {
                Pair pair = new Pair(defaultRequestParameters(), query, texts.get(i));
                indexes.computeIfAbsent(pair, first -> new ArrayList<>()).add(i);
            }
        }

        @Override
        public CompletableFuture<?> compute(List<Claim> own) {
            List<String> missing =
                    own.stream().map(claim -> claim.pair().text()).toList();
            CompletableFuture<Void> work = Futures.start(
                    () -> ModelResponse.future(inner, progressive.scoreEach(missing, query, new ClaimSink(own))));
            Futures.cancelWith(done, work);
            return work.thenRun(() -> requireAll(own));
        }

        private void requireAll(List<Claim> own) {
            long scored =
                    own.stream().filter(claim -> claim.computation().isDone()).count();
            if (scored < own.size()) {
                throw new InvalidScoresException("%s reported %d scores for %d texts and completed"
                        .formatted(ModelResponse.nameOf(inner), scored, own.size()));
            }
        }

        @Override
        public void accept(Pair pair, PairScore score) {
            if (!done.isDone()) {
                indexes.getOrDefault(pair, List.of())
                        .forEach(index -> sink.accept(index, score.score(), score.detail()));
            }
        }

        @Override
        public <T> CompletableFuture<T> await(CompletableFuture<T> work) {
            return work;
        }

        @Override
        public boolean abandoned() {
            return done.isDone();
        }
    }

    /** Completes claims with the scores that the inner model reports. */
    private final class ClaimSink implements ScoreSink {

        private final List<Claim> claims;

        private ClaimSink(List<Claim> claims) {
            this.claims = claims;
        }

        @Override
        public void accept(int index, double score) {
            accept(index, score, ScoreDetail.ofScored());
        }

        @Override
        public void accept(int index, double score, ScoreDetail detail) {
            double finite = ModelResponse.finite(inner, score, index, claims.size());
            cache.complete(claims.get(index), new PairScore(finite, detail));
        }
    }

    /** Builder of {@link CachingScoringModel}. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {

        private final InnerModel inner;
        private long maxEntries = 10_000;
        private @Nullable Long maxCharacters;
        private @Nullable Duration expireAfterWrite;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder(ScoringModel model) {
            inner = InnerModel.of(model, "model", "model");
        }

        /** Maximum number of cached scores, at least 1. Default 10,000. Replaces {@link #maxCharacters}. */
        public Builder maxEntries(long maxEntries) {
            this.maxEntries = Arguments.atLeast("maxEntries", 1, maxEntries);
            this.maxCharacters = null;
            return this;
        }

        /**
         * Maximum number of characters that the queries and texts of all entries have together, at least 1. Replaces the
         * bound by entries. A longer pair is never cached. Default none.
         */
        public Builder maxCharacters(long maxCharacters) {
            this.maxCharacters = Arguments.atLeast("maxCharacters", 1, maxCharacters);
            return this;
        }

        /** Maximum age of a score, above zero. Default none: scores are evicted for size only. */
        public Builder expireAfterWrite(Duration expireAfterWrite) {
            this.expireAfterWrite = Arguments.positive("expireAfterWrite", expireAfterWrite);
            return this;
        }

        /** The clock, in nanoseconds, that measures the age of scores. For tests. */
        Builder nanoClock(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            return this;
        }

        /**
         * Builds an empty cache.
         *
         * @throws IllegalStateException if the model is listwise, or if Caffeine is not on the class path
         */
        public CachingScoringModel build() {
            inner.pointwise("cached", "put the cache around the models inside it");
            try {
                return new CachingScoringModel(this);
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "a cache needs Caffeine on the class path: add com.github.ben-manes.caffeine:caffeine", e);
            }
        }
    }
}
