package dev.langchain4j.rerank.api;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Sends the token that somebody else looks after. */
final class TokenSigner implements RequestSigner {

    private final Supplier<String> token;
    private final Executor executor;

    /**
     * A signer.
     *
     * @param executor where the supplier is asked, since it may block
     */
    TokenSigner(Supplier<String> token, Executor executor) {
        this.token = token;
        this.executor = executor;
    }

    /** Takes a given key for the token, and asks the other source if there is none. */
    static Source givenOr(Source otherwise) {
        return (apiKey, client) ->
                apiKey == null ? otherwise.signer(null, client) : new TokenSigner(() -> apiKey, Runnable::run);
    }

    @Override
    public CompletionStage<Map<String, String>> headers(URI url, byte[] body) {
        return CompletableFuture.supplyAsync(() -> Map.of("Authorization", "Bearer " + token.get()), executor);
    }
}
