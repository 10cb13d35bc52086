package dev.langchain4j.rerank.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Lets a cancelled result reach the work that would have made it; futures pass cancellation only the other way. */
final class Cancellation {

    private Cancellation() {}

    /**
     * Runs something when a future is cancelled.
     *
     * @return the same future
     */
    static <T> CompletableFuture<T> of(CompletableFuture<T> future, Runnable stop) {
        var unused = future.whenComplete((result, failure) -> {
            if (future.isCancelled()) {
                stop.run();
            }
        });
        return future;
    }

    /** The future of what is made of a result; cancelling it cancels the source. */
    static <T, R> CompletableFuture<R> map(CompletableFuture<T> source, Function<T, R> function) {
        return of(source.thenApply(function), () -> source.cancel(true));
    }
}
