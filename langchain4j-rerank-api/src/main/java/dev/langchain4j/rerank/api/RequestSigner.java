package dev.langchain4j.rerank.api;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Proves who sends a request, where a key that never changes does not: signatures, short-lived tokens. Asked before
 * every attempt, since both expire. Thread-safe.
 */
interface RequestSigner {

    /**
     * The headers for one attempt. Does not block.
     *
     * @param url where it goes
     * @param body the bytes that are sent
     */
    CompletionStage<Map<String, String>> headers(URI url, byte[] body);

    /**
     * Forgets a proof that the service refused with 401.
     *
     * @return whether a new one can be had, so that the request is worth sending once more
     */
    default boolean renew() {
        return false;
    }

    /** Adds nothing. */
    static RequestSigner none() {
        return (url, body) -> CompletableFuture.completedFuture(Map.of());
    }

    /** Sends a token as {@code Authorization: Bearer}. The supplier is asked on a thread of the common pool. */
    static RequestSigner bearer(Supplier<String> accessToken) {
        return (url, body) -> CompletableFuture.supplyAsync(accessToken)
                .thenApply(token -> Map.of("Authorization", "Bearer " + token));
    }

    /** Makes the signer when the model is built. */
    @FunctionalInterface
    interface Source {

        /**
         * The signer of one model.
         *
         * @param apiKey the user's key or the environment's; null if there is none
         * @param client for fetching tokens; not to be closed
         */
        RequestSigner signer(@Nullable String apiKey, OkHttpClient client);

        /**
         * The same for a signer that needs a library which only its users have.
         *
         * @param artifacts what to add, for the error where it is missing
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
