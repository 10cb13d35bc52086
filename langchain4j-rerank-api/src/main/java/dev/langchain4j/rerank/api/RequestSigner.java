package dev.langchain4j.rerank.api;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests with credentials that expire: signatures, short-lived tokens. Called before every attempt.
 * Thread-safe.
 */
interface RequestSigner {

    /**
     * Returns the headers for one attempt. Does not block.
     *
     * @param url the URL of the request
     * @param body the bytes that are sent
     */
    CompletionStage<Map<String, String>> headers(URI url, byte[] body);

    /**
     * Discards credentials that the service refused with 401.
     *
     * @return whether new ones can be obtained, so that one more attempt is worthwhile
     */
    default boolean renew() {
        return false;
    }

    /** A signer that adds no headers. */
    static RequestSigner none() {
        return (url, body) -> CompletableFuture.completedFuture(Map.of());
    }

    /**
     * Returns a signer that sends a token as {@code Authorization: Bearer}. The supplier is called on a thread of the
     * common pool.
     */
    static RequestSigner bearer(Supplier<String> accessToken) {
        return (url, body) -> CompletableFuture.supplyAsync(accessToken)
                .thenApply(token -> Map.of("Authorization", "Bearer " + token));
    }

    /** Creates the signer when the model is built. */
    @FunctionalInterface
    interface Source {

        /**
         * Returns the signer of one model.
         *
         * @param apiKey the key of the user or of the environment; null if there is none
         * @param client for requesting tokens; must not be closed
         */
        RequestSigner signer(@Nullable String apiKey, OkHttpClient client);

        /**
         * Returns the same factory for a signer that needs a library that only its users have.
         *
         * @param artifacts the artifacts to add, for the message if they are missing
         */
        static Source needing(String artifacts, Source source) {
            return (apiKey, client) -> {
                try {
                    return source.signer(apiKey, client);
                } catch (NoClassDefFoundError e) {
                    throw new IllegalStateException(
                            "no class %s on the class path; add %s".formatted(e.getMessage(), artifacts), e);
                }
            };
        }
    }
}
