package dev.langchain4j.rerank.it;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import okhttp3.Call;
import okhttp3.EventListener;

/** The network events of an OkHttp client. Thread-safe. */
final class Wire extends EventListener {

    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private volatile IntConsumer onSent = request -> {};

    /** Returns the number of requests begun on a connection, including retries. */
    int requests() {
        return requests.get();
    }

    /** Returns a future that completes when a request has been sent and its response is pending. */
    CompletableFuture<Void> sent() {
        return sent;
    }

    /** Returns a future that completes when a call is cancelled. */
    CompletableFuture<Void> cancelled() {
        return cancelled;
    }

    /** Registers a listener that receives the number of requests so far, from 1, whenever one is sent. */
    void onSent(IntConsumer action) {
        onSent = action;
    }

    @Override
    public void requestHeadersStart(Call call) {
        requests.incrementAndGet();
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        sent.complete(null);
        onSent.accept(requests.get());
    }

    @Override
    public void canceled(Call call) {
        cancelled.complete(null);
    }
}
