package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.api.AnswerReader.Answer;
import dev.langchain4j.rerank.api.RequestPlan.Part;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The parts of one call, a few at a time and in order, until all are scored or one fails for good. */
final class ScoringRun {

    private final List<Part> parts;
    private final Function<Part, CompletableFuture<Answer>> ask;
    private final ScoreSink sink;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unfinished;
    private final AtomicReference<Usage> usage = new AtomicReference<>(Usage.none());
    private final Map<Integer, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();
    private final CompletableFuture<Usage> end = new CompletableFuture<>();

    /**
     * A run that was not started yet.
     *
     * @param ask asks the service for the scores of a part
     * @param sink gets them, with places in the whole list
     */
    ScoringRun(List<Part> parts, Function<Part, CompletableFuture<Answer>> ask, ScoreSink sink) {
        this.parts = parts;
        this.ask = ask;
        this.sink = sink;
        this.unfinished = new AtomicInteger(parts.size());
    }

    /**
     * Starts asking.
     *
     * @param width most parts under way at a time
     * @return completes when every part is scored; cancelling it, or failing it, cancels what is under way
     */
    CompletableFuture<Usage> start(int width) {
        var unused = end.whenComplete((done, failure) -> underWay.values().forEach(answer -> answer.cancel(true)));
        for (int i = 0; i < Math.min(width, parts.size()); i++) {
            askNext();
        }
        return end;
    }

    private void askNext() {
        int place = next.getAndIncrement();
        if (place >= parts.size() || end.isDone()) {
            return;
        }
        Part part = parts.get(place);
        CompletableFuture<Answer> answer;
        try {
            answer = ask.apply(part);
        } catch (RuntimeException e) { // of a protocol; from the second part on, no caller would see it
            end.completeExceptionally(e);
            return;
        }
        underWay.put(place, answer);
        if (end.isDone()) {
            answer.cancel(true);
        }
        var unused = answer.thenAccept(scored -> tell(part, scored)).whenComplete((told, failure) -> {
            underWay.remove(place);
            if (failure != null) {
                end.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            } else if (unfinished.decrementAndGet() == 0) {
                end.complete(usage.get());
            } else {
                askNext();
            }
        });
    }

    private void tell(Part part, Answer answer) {
        usage.accumulateAndGet(answer.usage(), Usage::plus);
        for (int i = 0; i < answer.scores().size() && !end.isDone(); i++) {
            sink.accept(part.first() + i, answer.scores().get(i));
        }
    }
}
