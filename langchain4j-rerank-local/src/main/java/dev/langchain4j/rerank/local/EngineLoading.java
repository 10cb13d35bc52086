package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.internal.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** An engine that loads a model while its tokenizer is read, which takes a third of the time. Not thread-safe. */
final class EngineLoading implements Supplier<InferenceBackend> {

    private final CompletableFuture<InferenceBackend> loading;
    private boolean taken;

    private EngineLoading(CompletableFuture<InferenceBackend> loading) {
        this.loading = loading;
    }

    /** Starts loading on a new thread, which has the context class loader of the caller. */
    static EngineLoading start(Supplier<InferenceBackend> engine) {
        return new EngineLoading(CompletableFuture.supplyAsync(engine, task -> {
            Thread thread = new Thread(task, "rerank-local-loading");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /** Waits for the engine, which the caller has to close, or throws its failure. */
    @Override
    public InferenceBackend get() {
        taken = true;
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw Futures.unchecked(Futures.cause(e));
        }
    }

    /** Waits for the engine and closes it, if nobody took it. */
    void abandon() {
        if (!taken) {
            loading.thenAccept(InferenceBackend::close)
                    .exceptionally(failure -> null) // the builder failed before and reports that failure
                    .join();
        }
    }
}
