package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rerank.ScoringTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time of each stage of one answer. Embedding, search and reranking run one after the other; the tokens arrive on a
 * thread of the chat model, so all methods are synchronized.
 */
final class Stages implements EmbeddingModelListener {

    /**
     * A stage of an answer.
     *
     * @param name its name on the page
     */
    record Stage(String name, double millis) {}

    private final long began = System.nanoTime();
    private long embedBegan;
    private long embedding;
    private long retrieving;
    private List<Stage> reranking = List.of(stage("rerank", 0));
    private long augmented;
    private long firstToken;

    @Override
    public synchronized void onRequest(EmbeddingModelRequestContext context) {
        embedBegan = System.nanoTime();
    }

    @Override
    public synchronized void onResponse(EmbeddingModelResponseContext context) {
        embedding += System.nanoTime() - embedBegan;
    }

    /** Measures a retriever, the embedding of the question included. */
    ContentRetriever timed(ContentRetriever retriever) {
        return query -> {
            long start = System.nanoTime();
            try {
                return retriever.retrieve(query);
            } finally {
                retrieved(System.nanoTime() - start);
            }
        };
    }

    private synchronized void retrieved(long nanos) {
        retrieving += nanos;
    }

    /**
     * Records the end of the reranker.
     *
     * @param times timing breakdown of the model, within this duration; null if it reports none
     */
    synchronized void reranked(Duration duration, @Nullable ScoringTimes times) {
        reranking = times == null
                ? List.of(stage("rerank", duration.toNanos()))
                : List.of(
                        stage("rerank: waiting", times.waiting().toNanos()),
                        stage("rerank: tokenizing", times.tokenizing().toNanos()),
                        stage("rerank: inference", times.inference().toNanos()),
                        stage(
                                "rerank: other",
                                Math.max(0, duration.minus(times.total()).toNanos())));
    }

    /** Records the start of the chat model. */
    synchronized void augmented() {
        augmented = System.nanoTime();
    }

    /** Records a token of the chat model; only the first one counts. */
    synchronized void token() {
        if (firstToken == 0) {
            firstToken = System.nanoTime();
        }
    }

    /** Returns all stages, once the answer is complete. The last one, {@code other}, is the remaining time. */
    synchronized List<Stage> stages() {
        long now = System.nanoTime();
        token();
        List<Stage> stages = new ArrayList<>();
        stages.add(stage("embed", embedding));
        stages.add(stage("search", retrieving - embedding));
        stages.addAll(reranking);
        stages.add(stage("first token", firstToken - augmented));
        stages.add(stage("answer", Math.max(0, now - firstToken)));
        double accounted = stages.stream().mapToDouble(Stage::millis).sum();
        stages.add(new Stage("other", Math.max(0, (now - began) / 1e6 - accounted)));
        return stages;
    }

    private static Stage stage(String name, long nanos) {
        return new Stage(name, nanos / 1e6);
    }
}
