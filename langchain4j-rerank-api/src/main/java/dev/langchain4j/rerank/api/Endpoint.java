package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The service as one model reaches it: everything that all requests have in common.
 *
 * @param protocol the protocol of the model
 * @param modelName null if the service has no models to choose from
 * @param headers of every request, the key among them
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

    /** Without headers: a key may be among them. */
    @Override
    public String toString() {
        String model = modelName == null ? "" : " " + modelName;
        return name() + model + " at " + RequestLog.address(url);
    }
}
