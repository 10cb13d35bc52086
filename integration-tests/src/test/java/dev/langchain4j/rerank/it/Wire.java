package dev.langchain4j.rerank.it;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import okhttp3.Call;
import okhttp3.EventListener;

/** What an OkHttp client does on the network. Safe for many threads. */
final class Wire extends EventListener {

    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private volatile IntConsumer onSent = request -> {};

    /** The requests begun on a connection, those that were sent again included. */
    int requests() {
        return requests.get();
    }

    /** Completes when a request is sent and its answer is waited for. */
    CompletableFuture<Void> sent() {
        return sent;
    }

    /** Completes when a call is cancelled. */
    CompletableFuture<Void> cancelled() {
        return cancelled;
    }

    /** Calls this with the number of requests so far, from 1, whenever one is sent. */
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
