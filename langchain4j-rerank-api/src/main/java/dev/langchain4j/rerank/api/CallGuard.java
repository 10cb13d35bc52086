package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.internal.Futures;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The running calls of one model, and whether it accepts new ones. Closing it waits for the running calls. Thread-safe.
 */
final class CallGuard {

    private final Set<CompletableFuture<?>> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    boolean isClosed() {
        return closed.get();
    }

    /** Tracks a call until it is complete. */
    @SuppressWarnings("CollectionUndefinedEquality") // by identity, as intended
    <T> CompletableFuture<T> track(CompletableFuture<T> call) {
        running.add(call);
        Futures.onCompletion(call, (result, failure) -> running.remove(call));
        return call;
    }

    /**
     * Refuses new calls, waits for the running ones (an interrupt cancels them), then runs an action. A second call
     * does nothing.
     *
     * @param release releases the resources that the calls use
     */
    void close(Runnable release) {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .get();
        } catch (InterruptedException e) {
            running.forEach(call -> call.cancel(true));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("failures are dropped above", e);
        } finally {
            release.run();
        }
    }
}
