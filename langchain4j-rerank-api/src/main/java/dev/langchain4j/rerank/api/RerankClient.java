package dev.langchain4j.rerank.api;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.api.protocol.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Guards the engine: checks what comes in, knows what is under way, and ends it all. Thread-safe. */
final class RerankClient {

    private static final char REPLACEMENT = '\uFFFD';

    private final RequestExecutor engine;
    private final BlankDocuments blankDocuments;
    private final double lowestScore;
    private final Runnable release;
    private final Set<CompletableFuture<Usage>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A client over an engine.
     *
     * @param release lets go of what the engine uses; called once
     */
    RerankClient(RequestExecutor engine, BlankDocuments blankDocuments, ScoreScale scale, Runnable release) {
        this.engine = engine;
        this.blankDocuments = blankDocuments;
        this.lowestScore = scale == ScoreScale.PROBABILITY ? 0 : -Float.MAX_VALUE;
        this.release = release;
    }

    /**
     * Starts scoring; see {@link RequestExecutor#score}.
     *
     * @throws IllegalArgumentException if the query is blank, or a text and that is not allowed
     * @throws IllegalStateException if this was closed
     */
    CompletableFuture<Usage> score(List<String> texts, String query, ScoreSink sink) {
        if (requireNonNull(query, "query must not be null").isBlank()) {
            throw new IllegalArgumentException("query must not be blank");
        }
        List<String> sent = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = requireNonNull(texts.get(i), "documents must not hold null");
            if (!text.isBlank()) {
                sent.add(wellFormed(text));
                indexes.add(i);
            } else if (blankDocuments == BlankDocuments.REFUSE) {
                throw new IllegalArgumentException("document %d of %d must not be blank".formatted(i, texts.size()));
            } else {
                sink.accept(i, lowestScore);
            }
        }
        refuseIfClosed();
        return sent.isEmpty()
                ? CompletableFuture.completedFuture(Usage.none())
                : tracked(engine.score(
                        sent, wellFormed(query), (index, score) -> sink.accept(indexes.get(index), score)));
    }

    /**
     * Waits for what {@link #score} started. An interrupt ends it.
     *
     * @throws LangChain4jException what the future failed with, or that the wait was interrupted
     */
    <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new LangChain4jException("interrupted while waiting for scores", e);
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    /** Takes no more calls, waits for those under way, and lets go of everything. A second time does nothing. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .get();
        } catch (InterruptedException e) {
            underWay.forEach(call -> call.cancel(true));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("failures are dropped above", e);
        } finally {
            release.run();
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // by identity, as it is meant
    private CompletableFuture<Usage> tracked(CompletableFuture<Usage> call) {
        underWay.add(call);
        var unused = call.whenComplete((usage, failure) -> underWay.remove(call));
        return call;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the model was closed");
        }
    }

    /** The trace leads to the caller; where the engine noticed the failure helps nobody. */
    private static RuntimeException unchecked(ExecutionException failed) {
        Throwable failure = failed.getCause();
        if (failure instanceof LangChain4jException known) {
            known.setStackTrace(new Throwable().getStackTrace());
            return known;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime ? runtime : new LangChain4jException(failed);
    }

    /** JSON cannot carry half a surrogate pair: it becomes a replacement character, as in every UTF-8 encoder. */
    private static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.charCount(text.codePointAt(i)) == 2) {
                i++;
                continue;
            }
            repaired = repaired == null ? new StringBuilder(text) : repaired;
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired == null ? text : repaired.toString();
    }
}
