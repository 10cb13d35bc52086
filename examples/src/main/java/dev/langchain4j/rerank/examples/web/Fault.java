package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.exception.LangChain4jException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A fault that a visitor injects into the reranker, to see the effect on the answer. */
enum Fault {
    NONE,
    /** The reranker stops responding. */
    HANG,
    /** The reranker fails. */
    FAIL;

    /** Number of candidates that a broken reranker still scores. */
    static final int SCORED = 12;

    static Fault of(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault must be none, hang or fail"));
    }

    /** The behaviour after the last score. */
    CompletableFuture<Void> end() {
        return switch (this) {
            case NONE -> CompletableFuture.completedFuture(null);
            case HANG -> new CompletableFuture<>();
            case FAIL -> CompletableFuture.failedFuture(new LangChain4jException("the reranker was broken on purpose"));
        };
    }
}
