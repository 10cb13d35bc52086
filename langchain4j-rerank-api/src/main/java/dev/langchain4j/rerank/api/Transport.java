package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.internal.Futures;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;

/**
 * Sends one request and reads its response, once: no retries, no redirects, a time limit for the whole exchange and a
 * size limit for the response. Thread-safe.
 */
final class Transport {

    private static final MediaType JSON = MediaType.get("application/json");

    private final String service;
    private final OkHttpClient client;
    private final int maxResponseBytes;

    /**
     * Creates a transport over a client whose pool, dispatcher, proxy, TLS and interceptors are shared.
     *
     * @param service for messages
     * @param timeout maximum duration of an exchange
     * @param maxResponseBytes maximum size of a body, decompressed
     */
    Transport(String service, OkHttpClient client, Duration timeout, int maxResponseBytes) {
        this.service = service;
        this.client = client.newBuilder()
                .retryOnConnectionFailure(false) // retries are the work of RequestExecutor
                .followRedirects(false) // documents are sent to the configured host only
                .followSslRedirects(false)
                .readTimeout(timeout) // the exchange is limited as a whole; a model may take long
                .writeTimeout(timeout)
                .build();
        this.maxResponseBytes = maxResponseBytes;
    }

    /**
     * The response of the service.
     *
     * @param body decompressed; only the beginning of an error body that was too long
     */
    record Reply(int status, Headers headers, ByteString body) {}

    /**
     * Starts an exchange; cancelling the future ends it.
     *
     * @param timeout of this exchange, from the moment when the dispatcher starts it
     * @return fails with an {@link IOException} if there is no response, with an {@link UnusableAnswerException} if it
     *     is too large
     */
    CompletableFuture<Reply> post(HttpUrl url, Headers headers, byte[] body, Duration timeout) {
        Call call = client.newCall(new Request.Builder()
                .url(url)
                .headers(headers)
                .post(new OneShotBody(body))
                .build());
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException cause) {
                reply.completeExceptionally(cause);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    reply.complete(new Reply(response.code(), response.headers(), read(response)));
                } catch (IOException | UnusableAnswerException e) {
                    reply.completeExceptionally(e);
                }
            }
        });
        Futures.onCompletion(reply, (done, failure) -> {
            if (reply.isCancelled()) {
                call.cancel();
            }
        });
        return reply;
    }

    private ByteString read(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (!source.request(maxResponseBytes + 1L)) {
            return source.readByteString();
        }
        if (response.code() == 200) {
            throw new UnusableAnswerException(
                    "%s returned more than %d bytes: raise maxResponseBytes".formatted(service, maxResponseBytes));
        }
        return source.readByteString(maxResponseBytes);
    }

    /** A body that OkHttp must not resend by itself, as it does after a 408 and a {@code 503 Retry-After: 0}. */
    private static final class OneShotBody extends RequestBody {

        private final byte[] bytes;

        private OneShotBody(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
