package dev.langchain4j.rerank.scoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.rerank.InvalidScoresException;
import dev.langchain4j.rerank.ScoreDetail;
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
 * Scores of pairs, those known and those on the way. Every pair is scored by one caller at a time; others that want it
 * meanwhile wait for its flight. A flight that fails takes those who wait with it and leaves nothing behind. A flight
 * whose caller gave up (cancelled or interrupted) does not: those who waited score the pair themselves.
 */
final class PairCache {

    /** What makes two scores the same one. */
    record Pair(ScoringRequestParameters parameters, String query, String text) {

        int length() {
            return query.length() + text.length();
        }
    }

    record PairScore(double score, ScoreDetail detail) {}

    /** A pair whose score is known or on the way, and whether this caller has to bring it. */
    record Flight(Pair pair, CompletableFuture<PairScore> landing, boolean own) {

        private @Nullable Throwable failure() {
            return landing.isCompletedExceptionally()
                    ? landing.handle((score, failure) -> failure).join()
                    : null;
        }
    }

    /** A call that wants scores. */
    interface Caller {

        /** Scores some pairs with the inner model; each is handed to {@link #land} as it comes. Never throws. */
        CompletableFuture<?> score(List<Flight> missing);

        /** Takes a score, from whichever thread has brought it. */
        void accept(Pair pair, PairScore score);

        /** Waits as this caller waits: by blocking, or by going on with the future. */
        <T> CompletableFuture<T> await(CompletableFuture<T> work);

        /** Whether this caller gave up. */
        boolean abandoned();
    }

    private final Cache<Pair, PairScore> known;
    private final ConcurrentMap<Pair, CompletableFuture<PairScore>> flights = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder joined = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private PairCache(Caffeine<? super Pair, ? super PairScore> bounded) {
        known = bounded.build();
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
        // Evicts on the thread that writes: no thread of the common pool is borrowed, and the bound holds at once.
        Caffeine<Object, Object> caffeine = Caffeine.newBuilder()
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .recordStats();
        return expireAfterWrite == null ? caffeine : caffeine.expireAfterWrite(expireAfterWrite);
    }

    /** Brings a caller the scores of distinct pairs. Completes when all are accepted. */
    CompletableFuture<Void> bring(Collection<Pair> pairs, Caller caller) {
        List<Flight> boarded = pairs.stream().map(this::board).toList();
        CompletableFuture<?>[] accepted = boarded.stream()
                .map(flight -> flight.landing().thenAccept(score -> caller.accept(flight.pair(), score)))
                .toArray(CompletableFuture<?>[]::new);
        List<Flight> missing = boarded.stream().filter(Flight::own).toList();
        if (!missing.isEmpty()) {
            CompletableFuture<?> unused = caller.score(missing)
                    .whenComplete((done, failure) -> missing.forEach(flight -> end(flight, caller, failure)));
        }
        return caller.await(CompletableFuture.allOf(accepted))
                .exceptionallyCompose(failure -> bringAbandoned(boarded, caller, failure));
    }

    private CompletableFuture<Void> bringAbandoned(List<Flight> boarded, Caller caller, Throwable notAccepted) {
        List<Pair> abandoned = new ArrayList<>();
        for (Flight flight : boarded) {
            Throwable failure = flight.failure();
            if (failure instanceof CancellationException && !flight.own() && !caller.abandoned()) {
                abandoned.add(flight.pair());
            } else if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
        }
        return abandoned.isEmpty()
                ? CompletableFuture.failedFuture(CallContext.cause(notAccepted))
                : bring(abandoned, caller);
    }

    private Flight board(Pair pair) {
        PairScore score = known.getIfPresent(pair);
        if (score != null) {
            hits.increment();
            return new Flight(pair, CompletableFuture.completedFuture(score), false);
        }
        CompletableFuture<PairScore> mine = new CompletableFuture<>();
        CompletableFuture<PairScore> others = flights.putIfAbsent(pair, mine);
        if (others != null) {
            joined.increment();
            return new Flight(pair, others, false);
        }
        // Another caller's flight may have landed between the two looks: it enters what is known before it is removed.
        PairScore landed = known.getIfPresent(pair);
        Flight flight = new Flight(pair, mine, landed == null);
        if (landed == null) {
            misses.increment();
        } else {
            hits.increment();
            arrive(flight, landed);
        }
        return flight;
    }

    void land(Flight flight, PairScore score) {
        known.put(flight.pair(), score);
        arrive(flight, score);
    }

    private void arrive(Flight flight, PairScore score) {
        flights.remove(flight.pair(), flight.landing());
        flight.landing().complete(score);
    }

    /** Ends a flight that its caller works on no more; most have landed. */
    private void end(Flight flight, Caller caller, @Nullable Throwable failure) {
        if (flight.landing().isDone()) {
            return;
        }
        flights.remove(flight.pair(), flight.landing());
        if (caller.abandoned()) {
            flight.landing()
                    .completeExceptionally(new CancellationException("the call that scored the text was ended"));
        } else if (failure != null) {
            flight.landing().completeExceptionally(CallContext.cause(failure));
        } else {
            flight.landing()
                    .completeExceptionally(new InvalidScoresException(
                            "the cached model completed without a score for every text; one a text is expected"));
        }
    }

    CachingScoringModel.Statistics statistics() {
        return new CachingScoringModel.Statistics(
                hits.sum(), joined.sum(), misses.sum(), known.stats().evictionCount(), known.estimatedSize());
    }
}
