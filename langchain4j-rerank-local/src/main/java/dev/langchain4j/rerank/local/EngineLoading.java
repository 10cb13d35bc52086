package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.internal.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** An engine that loads a model while its tokenizer is read, which takes a third as long. Not safe for many threads. */
final class EngineLoading implements Supplier<InferenceBackend> {

    private final CompletableFuture<InferenceBackend> loading;
    private boolean taken;

    private EngineLoading(CompletableFuture<InferenceBackend> loading) {
        this.loading = loading;
    }

    /** Starts in a thread of its own, which has the caller's context class loader. */
    static EngineLoading start(Supplier<InferenceBackend> engine) {
        return new EngineLoading(CompletableFuture.supplyAsync(engine, task -> {
            Thread thread = new Thread(task, "rerank-local-loading");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /** Waits for the engine, which is the caller's to close from now on, or throws what it failed with. */
    @Override
    public InferenceBackend get() {
        taken = true;
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw Futures.unchecked(Futures.cause(e));
        }
    }

    /** Waits for the engine and frees it, if nobody took it. */
    void abandon() {
        if (!taken) {
            loading.thenAccept(InferenceBackend::close)
                    .exceptionally(failure -> null) // the builder failed before, and tells of that
                    .join();
        }
    }
}
