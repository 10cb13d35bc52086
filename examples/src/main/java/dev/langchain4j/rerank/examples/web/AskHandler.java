package dev.langchain4j.rerank.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code GET /api/ask}: an answer as events {@code ranking}, {@code token}s and {@code done}, or {@code failed}. */
final class AskHandler implements HttpHandler {

    static final int AT_A_TIME = 4;

    private final Answering answering;
    private final ScheduledExecutorService heart;
    private final Semaphore slots = new Semaphore(AT_A_TIME);

    AskHandler(Answering answering, ScheduledExecutorService heart) {
        this.answering = answering;
        this.heart = heart;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (EventStream events = EventStream.open(exchange)) {
            if (!slots.tryAcquire()) {
                events.send(
                        "failed",
                        new Failure(
                                "%d questions are already being answered: ask again in a moment".formatted(AT_A_TIME)));
                return;
            }
            Future<?> beats = heart.scheduleAtFixedRate(events::beat, 1, 1, TimeUnit.SECONDS);
            try {
                answering.answer(Question.of(exchange.getRequestURI().getRawQuery()), events);
            } catch (RuntimeException e) {
                events.send("failed", Failure.of(e));
            } finally {
                beats.cancel(false);
                slots.release();
            }
        }
    }
}
