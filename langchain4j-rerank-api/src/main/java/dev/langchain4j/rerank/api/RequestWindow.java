package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.api.AnswerReader.Answer;
import dev.langchain4j.rerank.api.RequestPlan.Part;
import dev.langchain4j.rerank.api.protocol.Usage;
import dev.langchain4j.rerank.internal.Futures;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The sliding window over the requests of one call: a few at a time, in order, until all have a response or one fails.
 */
final class RequestWindow {

    private final List<Part> parts;
    private final Function<Part, CompletableFuture<Answer>> send;
    private final ScoreSink sink;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unfinished;
    private final AtomicReference<Usage> usage = new AtomicReference<>(Usage.none());
    private final Map<Integer, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Usage> end = new CompletableFuture<>();

    /**
     * Creates a window.
     *
     * @param send sends the request of a part, with its retries
     * @param sink receives the scores, with indexes of the whole list
     */
    RequestWindow(List<Part> parts, Function<Part, CompletableFuture<Answer>> send, ScoreSink sink) {
        this.parts = parts;
        this.send = send;
        this.sink = sink;
        this.unfinished = new AtomicInteger(parts.size());
    }

    /**
     * Sends the first requests; each response triggers the next one.
     *
     * @param width maximum number of concurrent requests
     * @return completes when every part is scored; cancelling it, or failing it, cancels the running requests
     */
    CompletableFuture<Usage> start(int width) {
        Futures.onCompletion(end, (done, failure) -> running.values().forEach(answer -> answer.cancel(true)));
        for (int i = 0; i < Math.min(width, parts.size()); i++) {
            sendNext();
        }
        return end;
    }

    private void sendNext() {
        int index = next.getAndIncrement();
        if (index >= parts.size() || end.isDone()) {
            return;
        }
        Part part = parts.get(index);
        CompletableFuture<Answer> answer;
        try {
            answer = send.apply(part);
        } catch (RuntimeException e) { // an error of a protocol; from the second part on, no caller would see it
            end.completeExceptionally(e);
            return;
        }
        running.put(index, answer);
        if (end.isDone()) {
            answer.cancel(true);
        }
        Futures.onCompletion(answer.thenAccept(scored -> report(part, scored)), (reported, failure) -> {
            running.remove(index);
            if (failure != null) {
                end.completeExceptionally(Futures.cause(failure));
            } else if (unfinished.decrementAndGet() == 0) {
                end.complete(usage.get());
            } else {
                sendNext();
            }
        });
    }

    private void report(Part part, Answer answer) {
        usage.accumulateAndGet(answer.usage(), Usage::plus);
        for (int i = 0; i < answer.scores().size() && !end.isDone(); i++) {
            sink.accept(part.first() + i, answer.scores().get(i));
        }
    }
}
