package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds a model from its options, and refuses options that do not go together. */
final class Assembly {

    private Assembly() {}

    static ApiScoringModel model(ApiScoringModel.Builder options) {
        RerankProtocol general = options.protocol;
        String modelName = options.modelName == null ? general.defaultModel() : options.modelName;
        if (modelName == null && general.modelRequired()) {
            throw new IllegalStateException(general.name() + " needs a model: call modelName(…)");
        }
        RerankProtocol protocol = general.forModel(modelName);
        HttpUrl url = url(options, protocol);
        String key = key(options, protocol, url);
        Headers headers = RequestHeaders.of(protocol, key, options.customHeaders);
        requireProof(options, protocol, key, headers);
        requireSafety(options, protocol, headers, url);

        OkHttpClient client = options.okHttpClient == null ? ownClient() : options.okHttpClient;
        ScheduledThreadPoolExecutor timer = timer();
        RequestLog log =
                new RequestLog(protocol.name(), options.logRequests, options.logResponses, options.logDocuments);
        Endpoint endpoint =
                new Endpoint(protocol, modelName, url, headers, signer(options, key, client), options.timeout, log);
        RequestExecutor engine = new RequestExecutor(
                endpoint,
                new Transport(protocol.name(), client, options.timeout, options.maxResponseBytes),
                new RequestWriter(protocol, options.parameters),
                bounds(options, protocol),
                new RateLimit(
                        options.maxRequestsPerMinute, options.maxDocumentsPerMinute, options.clocks.scheduler(timer)),
                options.clocks,
                timer);
        ScoreScale scale = options.scoreScale == null ? protocol.scoreScale() : options.scoreScale;
        boolean owned = options.okHttpClient == null;
        return new ApiScoringModel(endpoint, scale, new RerankClient(engine, options.blankDocuments, scale, () -> {
            timer.shutdownNow();
            if (owned) {
                client.dispatcher().executorService().shutdown();
                client.connectionPool().evictAll();
            }
        }));
    }

    private static HttpUrl url(ApiScoringModel.Builder options, RerankProtocol protocol) {
        if (options.url != null) {
            return UrlJoiner.parse("url", options.url);
        }
        if (options.baseUrl == null && protocol.defaultUrl().startsWith("/")) {
            throw new IllegalStateException(protocol.name() + " has no address of its own: call baseUrl(…)");
        }
        return UrlJoiner.of(protocol.defaultUrl(), options.baseUrl);
    }

    private static @Nullable String key(ApiScoringModel.Builder options, RerankProtocol protocol, HttpUrl url) {
        ApiKeyScheme scheme = protocol.apiKeyScheme();
        boolean mayTravel = scheme.required() || RequestHeaders.safe(url);
        if (options.apiKey != null || options.accessToken != null || !mayTravel) {
            return options.apiKey;
        }
        for (String variable : scheme.environmentVariables()) {
            String value = options.environment.apply(variable);
            if (value != null && !value.isBlank()) {
                return RequestHeaders.requirePrintable("environment variable " + variable, value);
            }
        }
        return null;
    }

    private static void requireProof(
            ApiScoringModel.Builder options, RerankProtocol protocol, @Nullable String key, Headers headers) {
        ApiKeyScheme scheme = protocol.apiKeyScheme();
        boolean given = key != null
                || options.accessToken != null
                || (scheme.header() != null && headers.get(scheme.header()) != null);
        if (scheme.required() && !given) {
            throw new IllegalStateException("%s needs a key: call apiKey(…) or set %s"
                    .formatted(protocol.name(), String.join(" or ", scheme.environmentVariables())));
        }
    }

    private static void requireSafety(
            ApiScoringModel.Builder options, RerankProtocol protocol, Headers headers, HttpUrl url) {
        boolean secret = RequestHeaders.holdSecret(headers) || options.accessToken != null || options.signer != null;
        if (secret && !options.cleartextKey && !RequestHeaders.safe(url)) {
            throw new IllegalStateException(
                    "%s would send a key unencrypted to %s: use https, or call allowCleartextKey(true)"
                            .formatted(protocol.name(), url.host()));
        }
    }

    private static RequestSigner signer(ApiScoringModel.Builder options, @Nullable String key, OkHttpClient client) {
        if (options.accessToken != null) {
            return (url, body) -> CompletableFuture.supplyAsync(options.accessToken)
                    .thenApply(token -> Map.of("Authorization", "Bearer " + token));
        }
        return options.signer == null
                ? (url, body) -> CompletableFuture.completedFuture(Map.of())
                : options.signer.signer(key, client);
    }

    private static RequestExecutor.Bounds bounds(ApiScoringModel.Builder options, RerankProtocol protocol) {
        Limits limits = options.maxDocumentsPerRequest == null
                ? protocol.limits()
                : protocol.limits().withDocuments(options.maxDocumentsPerRequest);
        return new RequestExecutor.Bounds(limits, options.deadline, options.maxRetries, options.maxConcurrentRequests);
    }

    /** As many requests at a time to one host as to all: a model has one host. */
    private static OkHttpClient ownClient() {
        ExecutorService threads = Executors.newCachedThreadPool(daemons("rerank-api-http"));
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
        return new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    /** One thread, which starts attempts and never blocks, and ends when there is nothing to wait for. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("rerank-api-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
