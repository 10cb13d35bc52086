package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to the hub, including its redirects. The token is sent to the endpoint's scheme, host and port only: a
 * redirect to another one is followed without it, and so is every later one, even if it leads back. Redirects from
 * https to http are refused. A request ends when the server is silent for too long, not when it is slow.
 */
final class HubHttp {

    private static final int MAX_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final long TICK_MILLIS = 200;

    // HttpClient owns two threads until it is collected. Share one so that they do not accumulate, but only weakly, so
    // that it can still be collected.
    private static WeakReference<@Nullable HttpClient> lastClient = new WeakReference<>(null);

    private final HttpClient client;
    private final URI endpoint;
    private final @Nullable HubToken token;
    private final Duration patience;

    /**
     * Creates a client.
     *
     * @param patience how long a server may be silent
     * @throws IllegalStateException if the token would be sent unencrypted
     */
    HubHttp(URI endpoint, @Nullable HubToken token, Duration patience) {
        if (token != null && !isHttps(endpoint) && !LOOPBACK.contains(endpoint.getHost())) {
            throw new IllegalStateException("the hub token would be sent unencrypted to " + endpoint
                    + ": use an https endpoint, or no token (HF_HUB_DISABLE_IMPLICIT_TOKEN=1)");
        }
        this.endpoint = endpoint;
        this.token = token;
        this.patience = patience;
        this.client = client();
    }

    private static synchronized HttpClient client() {
        HttpClient client = lastClient.get();
        if (client == null) {
            client = HttpClient.newBuilder()
                    // one download per connection: ending one early does not affect the others
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            lastClient = new WeakReference<>(client);
        }
        return client;
    }

    /** Accepts the body of a response. */
    interface Sink {

        /**
         * Returns the channel of the body, chosen by status and headers.
         *
         * @throws IOException if the body must not be read
         */
        BoundedBody open(ResponseInfo answer) throws IOException;

        /** Returns the number of bytes accepted so far; no progress counts as silence. */
        long received();

        /** Called repeatedly, on the calling thread, while the body arrives. */
        void tick();
    }

    /** Requests the headers alone. Stops at a redirect that describes its target in {@code X-Linked-Etag}. */
    HttpResponse<Void> head(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return follow(request, new InMemorySink(0));
    }

    /**
     * Requests a body.
     *
     * @param from the first byte; 0 requests all
     */
    HttpResponse<Void> get(URI uri, long from, Sink sink) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return follow(request.build(), sink);
    }

    /**
     * Sends the request.
     *
     * @throws HubStatusException if the response is an error
     * @throws HubProtocolException if a redirect must not or cannot be followed
     * @throws IOException if the connection fails, or the server is silent
     */
    private HttpResponse<Void> follow(HttpRequest request, Sink sink) throws IOException, InterruptedException {
        URI at = request.uri();
        boolean trusted = sameOrigin(endpoint, at);
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<Void> response = await(send(request, at, trusted, sink), sink);
            if (response.statusCode() / 100 == 2 || answersByHeaders(response)) {
                return response;
            }
            if (!REDIRECTS.contains(response.statusCode())) {
                throw new HubStatusException(response);
            }
            at = target(at, response.headers().firstValue("Location").orElse(""));
            trusted = trusted && sameOrigin(endpoint, at);
        }
        throw new HubProtocolException("it redirects more than " + MAX_REDIRECTS + " times");
    }

    private static boolean answersByHeaders(HttpResponse<?> response) {
        return response.request().method().equals("HEAD")
                && response.statusCode() / 100 == 3
                && response.headers().firstValue("X-Linked-Etag").isPresent();
    }

    private CompletableFuture<HttpResponse<Void>> send(HttpRequest request, URI at, boolean trusted, Sink sink) {
        HttpRequest.Builder hop = HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(at)
                .header("User-Agent", "langchain4j-rerank")
                // a compressed body has another size than the one stated
                .header("Accept-Encoding", "identity");
        if (trusted && token != null) {
            hop.header("Authorization", token.bearer());
        }
        return client.sendAsync(hop.build(), answer -> bodyOf(answer, sink));
    }

    private static BodySubscriber<Void> bodyOf(ResponseInfo answer, Sink sink) {
        if (answer.statusCode() / 100 != 2) {
            return new BoundedBody.Unread(null);
        }
        try {
            return sink.open(answer);
        } catch (IOException e) {
            return new BoundedBody.Unread(e);
        }
    }

    private <T> T await(CompletableFuture<T> answer, Sink sink) throws IOException, InterruptedException {
        long received = sink.received();
        long heard = System.nanoTime();
        try {
            while (true) {
                try {
                    return answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    sink.tick();
                }
                if (sink.received() != received) {
                    received = sink.received();
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > patience.toNanos()) {
                    throw new HttpTimeoutException("it was silent for " + patience);
                }
            }
        } catch (ExecutionException e) {
            throw unwrap(e.getCause());
        } finally {
            // closes the connection of a response that is no longer awaited
            answer.cancel(true);
        }
    }

    private static IOException unwrap(@Nullable Throwable cause) {
        if (cause instanceof IOException network) {
            return network;
        }
        if (cause instanceof UncheckedIOException disk) {
            throw disk;
        }
        throw new IllegalStateException("the HTTP client failed", cause);
    }

    /** Returns the target of a redirect, if it may be followed. */
    static URI target(URI from, String location) throws HubProtocolException {
        URI target = location.isEmpty() ? null : resolve(from, location);
        boolean web = target != null && (isHttps(target) || "http".equalsIgnoreCase(target.getScheme()));
        if (target == null || !web || target.getHost() == null) {
            throw new HubProtocolException("it redirects to something that is not a web address");
        }
        if (isHttps(from) && !isHttps(target)) {
            throw new HubProtocolException("it redirects from https to http at " + target.getHost());
        }
        return target;
    }

    private static @Nullable URI resolve(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static boolean sameOrigin(URI one, URI other) {
        return isHttps(one) == isHttps(other)
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isHttps(uri) ? 443 : 80;
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }
}
