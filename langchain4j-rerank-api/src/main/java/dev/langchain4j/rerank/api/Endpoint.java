package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of one model: everything that all its requests share.
 *
 * @param protocol the protocol of the model
 * @param modelName null if the service has no choice of models
 * @param headers of every request, including the key
 * @param signer adds the headers that every attempt needs anew
 * @param timeout of one attempt
 */
record Endpoint(
        RerankProtocol protocol,
        @Nullable String modelName,
        HttpUrl url,
        Headers headers,
        RequestSigner signer,
        Duration timeout,
        RequestLog log) {

    String name() {
        return protocol.name();
    }

    /** Omits the headers, which may contain a key. */
    @Override
    public String toString() {
        String model = modelName == null ? "" : " " + modelName;
        return name() + model + " at " + RequestLog.address(url);
    }
}
