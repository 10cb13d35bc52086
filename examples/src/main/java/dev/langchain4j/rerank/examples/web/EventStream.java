package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Server-sent events to one page. A disconnected page is noticed at the next write only, so {@link #beat()} must be
 * called while there are no events. Thread-safe.
 */
final class EventStream implements AutoCloseable {

    private final OutputStream out;
    private final Lock lock = new ReentrantLock();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private EventStream(OutputStream out) {
        this.out = out;
    }

    static EventStream open(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0); // 0 means unknown length
        return new EventStream(exchange.getResponseBody());
    }

    void send(String event, Object value) {
        // JSON has no line breaks outside of strings, and escapes them inside.
        write("event: %s\ndata: %s\n\n".formatted(event, Json.text(value)));
    }

    void beat() {
        write(": beat\n\n");
    }

    /** Completes when the page has disconnected. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    private void write(String text) {
        lock.lock();
        try {
            if (!gone.isDone()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            gone.complete(null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            gone.complete(null);
            out.close();
        } finally {
            lock.unlock();
        }
    }
}
