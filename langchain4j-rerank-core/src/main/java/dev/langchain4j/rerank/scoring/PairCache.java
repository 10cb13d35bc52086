package dev.langchain4j.rerank.scoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.rerank.ScoreDetail;
import dev.langchain4j.rerank.internal.Futures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cached scores of pairs, with de-duplication of in-flight computations: a pair is computed by the caller that claims
 * it first, and other callers wait for that computation. If a computation fails, all waiters fail and nothing is cached.
 * If its caller is cancelled or interrupted, the waiters compute the pair themselves.
 */
final class PairCache {

    /** The key of a score. */
    record Pair(ScoringRequestParameters parameters, String query, String text) {

        int length() {
            return query.length() + text.length();
        }
    }

    record PairScore(double score, ScoreDetail detail) {}

    /**
     * A caller's claim to the score of a pair.
     *
     * @param computation of the score, complete if it was cached
     * @param own whether this caller has to compute the score
     */
    record Claim(Pair pair, CompletableFuture<PairScore> computation, boolean own) {

        private @Nullable Throwable failure() {
            return computation.isCompletedExceptionally()
                    ? computation.handle((score, failure) -> failure).join()
                    : null;
        }
    }

    /** A call that needs scores. */
    interface Caller {

        /** Computes its own claims with the inner model and completes each with {@link #complete}. Never throws. */
        CompletableFuture<?> compute(List<Claim> own);

        /** Accepts a score, on the thread that computed it. */
        void accept(Pair pair, PairScore score);

        /** Waits as this caller does: by blocking, or with the future. */
        <T> CompletableFuture<T> await(CompletableFuture<T> work);

        /** Whether this caller was cancelled or interrupted. */
        boolean abandoned();
    }

    private final Cache<Pair, PairScore> cached;
    private final ConcurrentMap<Pair, CompletableFuture<PairScore>> inFlight = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder joined = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private PairCache(Caffeine<? super Pair, ? super PairScore> bounded) {
        cached = bounded.build();
    }

    static PairCache ofEntries(long maxEntries, @Nullable Duration expireAfterWrite, LongSupplier nanoClock) {
        return new PairCache(unbounded(expireAfterWrite, nanoClock).maximumSize(maxEntries));
    }

    static PairCache ofCharacters(long maxCharacters, @Nullable Duration expireAfterWrite, LongSupplier nanoClock) {
        return new PairCache(unbounded(expireAfterWrite, nanoClock)
                .maximumWeight(maxCharacters)
                .weigher((Pair pair, PairScore score) -> pair.length()));
    }

    private static Caffeine<Object, Object> unbounded(@Nullable Duration expireAfterWrite, LongSupplier nanoClock) {
        // Evicts on the thread that writes: no thread of the common pool is used, and the bound holds at once.
        Caffeine<Object, Object> caffeine = Caffeine.newBuilder()
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .recordStats();
        return expireAfterWrite == null ? caffeine : caffeine.expireAfterWrite(expireAfterWrite);
    }

    /** Passes the scores of distinct pairs to a caller. Completes when all are accepted. */
    CompletableFuture<Void> resolve(Collection<Pair> pairs, Caller caller) {
        List<Claim> claims = pairs.stream().map(this::claim).toList();
        CompletableFuture<?>[] accepted = claims.stream()
                .map(claim -> claim.computation().thenAccept(score -> caller.accept(claim.pair(), score)))
                .toArray(CompletableFuture<?>[]::new);
        List<Claim> own = claims.stream().filter(Claim::own).toList();
        if (!own.isEmpty()) {
            Futures.onCompletion(
                    caller.compute(own), (done, failure) -> own.forEach(claim -> release(claim, caller, failure)));
        }
        return caller.await(CompletableFuture.allOf(accepted))
                .exceptionallyCompose(failure -> resolveAbandoned(claims, caller, failure));
    }

    private CompletableFuture<Void> resolveAbandoned(List<Claim> claims, Caller caller, Throwable notAccepted) {
        List<Pair> abandoned = new ArrayList<>();
        for (Claim claim : claims) {
            Throwable failure = claim.failure();
            if (failure instanceof CancellationException && !claim.own() && !caller.abandoned()) {
                abandoned.add(claim.pair());
            } else if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
        }
        return abandoned.isEmpty()
                ? CompletableFuture.failedFuture(Futures.cause(notAccepted))
                : resolve(abandoned, caller);
    }

    private Claim claim(Pair pair) {
        PairScore score = cached.getIfPresent(pair);
        if (score != null) {
            hits.increment();
            return new Claim(pair, CompletableFuture.completedFuture(score), false);
        }
        CompletableFuture<PairScore> mine = new CompletableFuture<>();
        CompletableFuture<PairScore> others = inFlight.putIfAbsent(pair, mine);
        if (others != null) {
            joined.increment();
            return new Claim(pair, others, false);
        }
        // Another caller may have completed the pair in between: it is cached before it is no longer in flight.
        PairScore meanwhile = cached.getIfPresent(pair);
        Claim claim = new Claim(pair, mine, meanwhile == null);
        if (meanwhile == null) {
            misses.increment();
        } else {
            hits.increment();
            publish(claim, meanwhile);
        }
        return claim;
    }

    /** Caches a score and passes it to all waiters. */
    void complete(Claim claim, PairScore score) {
        cached.put(claim.pair(), score);
        publish(claim, score);
    }

    private void publish(Claim claim, PairScore score) {
        inFlight.remove(claim.pair(), claim.computation());
        claim.computation().complete(score);
    }

    /** Ends a claim that its caller no longer works on; most are complete by then. */
    private void release(Claim claim, Caller caller, @Nullable Throwable failure) {
        if (claim.computation().isDone()) {
            return;
        }
        inFlight.remove(claim.pair(), claim.computation());
        claim.computation()
                .completeExceptionally(
                        failure == null || caller.abandoned()
                                ? new CancellationException("the call that scored the text was cancelled")
                                : Futures.cause(failure));
    }

    CachingScoringModel.Statistics statistics() {
        return new CachingScoringModel.Statistics(
                hits.sum(), joined.sum(), misses.sum(), cached.stats().evictionCount(), cached.estimatedSize());
    }
}
