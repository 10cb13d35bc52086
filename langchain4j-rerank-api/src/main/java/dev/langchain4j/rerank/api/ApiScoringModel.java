package dev.langchain4j.rerank.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.request.ScoringRequest;
import dev.langchain4j.model.scoring.request.ScoringRequestParameters;
import dev.langchain4j.model.scoring.response.ScoringResponse;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ProgressiveScoringModel;
import dev.langchain4j.rerank.RerankMetadata;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.ScoreSink;
import dev.langchain4j.rerank.api.internal.protocols.Protocols;
import dev.langchain4j.rerank.api.protocol.ApiKeyScheme;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.Usage;
import dev.langchain4j.rerank.internal.Arguments;
import dev.langchain4j.rerank.internal.Futures;
import dev.langchain4j.rerank.internal.ModelResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A rerank service behind HTTP: one factory per provider, and {@link #builder(RerankProtocol)} for any other.
 *
 * <p>A list is split at the limits of the provider, and its parts are sent a few at a time; the list of a listwise
 * model is sent whole or refused. Every segment gets one finite score, in order, or the call fails. Requests that fail
 * temporarily are retried, see {@link Builder#maxRetries}. Failures are LangChain4j's exceptions; their messages
 * contain the status, the service's code and request id and the number of attempts, never the key and never a text.
 * Null and blank arguments are refused with {@link IllegalArgumentException}.
 *
 * <p>The metadata of a response contains the token usage, if the service counts tokens, and the billed units, if it
 * reports them: {@link RerankMetadata#billedUnits()}.
 *
 * <p>Thread-safe. Each request may cost money at the provider, retries included. Close the model to release connections
 * and threads; the threads are daemons, and a client passed to the builder stays open.
 */
public final class ApiScoringModel implements ScaledScoringModel, ProgressiveScoringModel, AutoCloseable {

    private final Endpoint endpoint;
    private final ScoreScale scale;
    private final BlankDocuments blankDocuments;
    private final RequestExecutor executor;
    private final ModelResources resources;
    private final CallGuard calls = new CallGuard();

    private ApiScoringModel(
            Endpoint endpoint,
            ScoreScale scale,
            BlankDocuments blankDocuments,
            RequestExecutor executor,
            ModelResources resources) {
        this.endpoint = endpoint;
        this.scale = scale;
        this.blankDocuments = blankDocuments;
        this.executor = executor;
        this.resources = resources;
    }

    /** Cohere, v2. */
    public static Builder cohere() {
        return builder(Protocols.cohere());
    }

    /** Cohere, v1. */
    public static Builder cohereV1() {
        return builder(Protocols.cohereV1());
    }

    /** Jina AI. */
    public static Builder jina() {
        return builder(Protocols.jina());
    }

    /** Voyage AI. */
    public static Builder voyage() {
        return builder(Protocols.voyage());
    }

    /** Hugging Face Text Embeddings Inference. */
    public static Builder tei() {
        return builder(Protocols.tei());
    }

    /** A server of vLLM, or any other with the flat requests of Cohere and Jina; {@code baseUrl} is required. */
    public static Builder vllm() {
        return builder(Protocols.vllm());
    }

    /** A server of Infinity. */
    public static Builder infinity() {
        return builder(Protocols.infinity());
    }

    /**
     * A cross-encoder in DJL Serving.
     *
     * @param modelName the name under which the model is served
     */
    public static Builder djlServing(String modelName) {
        return builder(Protocols.djlServing(modelName));
    }

    /** A server of llama.cpp, started with {@code --reranking}. */
    public static Builder llamaCpp() {
        return builder(Protocols.llamaCpp());
    }

    /** Mixedbread. */
    public static Builder mixedbread() {
        return builder(Protocols.mixedbread());
    }

    /**
     * A container of NVIDIA NIM. NVIDIA's own host has one path per model, so pass the whole URL as
     * {@link Builder#url(String)}: {@code
     * https://ai.api.nvidia.com/v1/retrieval/nvidia/llama-nemotron-rerank-1b-v2/reranking}.
     */
    public static Builder nvidiaNim() {
        return builder(Protocols.nvidiaNim());
    }

    /**
     * Amazon Bedrock's Rerank. Signs with the AWS SDK's default credentials; add
     * {@code software.amazon.awssdk:http-auth-aws} and {@code software.amazon.awssdk:auth}. Accepts no API key.
     *
     * @param region for instance {@code us-west-2}
     */
    public static Builder bedrock(String region) {
        return builder(Protocols.bedrock(region))
                .signer(RequestSigner.Source.needing(
                        "software.amazon.awssdk:http-auth-aws and software.amazon.awssdk:auth",
                        (apiKey, client) -> AwsSigner.of(region, apiKey, client)));
    }

    /**
     * Google's Vertex AI Ranking. Uses Google's application default credentials; add
     * {@code com.google.auth:google-auth-library-oauth2-http}, or set {@link Builder#accessToken(Supplier)}. An
     * {@code apiKey} is used as an access token.
     *
     * @param project the id or number of the project
     */
    public static Builder vertex(String project) {
        return builder(Protocols.vertex(project))
                .signer(RequestSigner.Source.needing(
                        "com.google.auth:google-auth-library-oauth2-http, or give accessToken(…)",
                        (token, client) -> token == null ? GoogleSigner.of(client) : RequestSigner.none()));
    }

    /**
     * Cohere on Azure AI Foundry; {@code baseUrl} is that of the resource, {@code modelName} the name of the
     * deployment.
     */
    public static Builder azureCohere() {
        return builder(Protocols.azureCohere());
    }

    /** Alibaba's DashScope (Model Studio); the model decides which of its two routes is used. */
    public static Builder dashScope() {
        return builder(Protocols.dashScope());
    }

    /** SiliconFlow. */
    public static Builder siliconFlow() {
        return builder(Protocols.siliconFlow());
    }

    /** Together AI; a model is required. */
    public static Builder together() {
        return builder(Protocols.together());
    }

    /** Pinecone Inference. */
    public static Builder pinecone() {
        return builder(Protocols.pinecone());
    }

    /** ZeroEntropy. */
    public static Builder zeroEntropy() {
        return builder(Protocols.zeroEntropy());
    }

    /** OpenRouter; a model is required. */
    public static Builder openRouter() {
        return builder(Protocols.openRouter());
    }

    /** A server of Xinference; a model is required. */
    public static Builder xinference() {
        return builder(Protocols.xinference());
    }

    /** Contextual AI. */
    public static Builder contextual() {
        return builder(Protocols.contextual());
    }

    /**
     * IBM watsonx.ai. The key is exchanged for tokens at IBM Cloud's IAM; other tokens (Cloud Pak for Data) are
     * supplied by {@link Builder#accessToken(Supplier)}. The service requires {@code parameter("project_id", …)} or
     * {@code parameter("space_id", …)}.
     *
     * @param region for instance {@code us-south}
     */
    public static Builder watsonx(String region) {
        return builder(Protocols.watsonx(region)).signer(IamSigner::of);
    }

    /**
     * An inference endpoint of Elasticsearch; {@code baseUrl} is that of the cluster.
     *
     * @param inferenceId the id of the endpoint
     */
    public static Builder elastic(String inferenceId) {
        return builder(Protocols.elastic(inferenceId));
    }

    // tag::isaacus
    /** Isaacus. */
    public static Builder isaacus() {
        return builder(Protocols.isaacus());
    }
    // end::isaacus

    /** Returns a builder for a service of your own. */
    public static Builder builder(RerankProtocol protocol) {
        return new Builder(Arguments.required("protocol", protocol, "pass the protocol of your service"));
    }

    /**
     * Scores each segment; blocks until all are scored. An interrupt cancels the running requests.
     *
     * @return one score per segment, in order; on the scale of {@link #scoreScale()}
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> texts =
                Arguments.segments(segments).stream().map(TextSegment::text).toList();
        String activity = "scoring %d texts".formatted(texts.size());
        Futures.checkInterrupt(activity);
        try {
            return Futures.await(score(texts, query), activity).toResponse();
        } catch (LangChain4jException e) {
            e.setStackTrace(new Throwable()
                    .getStackTrace()); // the stack trace of the caller; that of the HTTP thread does not help
            throw e;
        }
    }

    /** Scores each document without blocking a thread. Cancelling the future cancels the running requests. */
    @Override
    public CompletableFuture<ScoringResponse> doScoreAsync(ScoringRequest request) {
        return Futures.start(() -> {
            if (request.modelName() != null && !request.modelName().equals(endpoint.modelName())) {
                throw new IllegalArgumentException("this model is %s; for %s, build another one"
                        .formatted(endpoint.modelName(), request.modelName()));
            }
            CompletableFuture<ModelResponse> scoring = score(checked(request.documents()), request.query());
            return Futures.map(scoring, ModelResponse::toScoringResponse);
        });
    }

    /** Reports the scores of each request when its response arrives. */
    @Override
    public CompletableFuture<Void> scoreEach(List<String> texts, String query, ScoreSink sink) {
        return Futures.start(() -> Futures.map(start(checked(texts), query, sink), usage -> null));
    }

    private CompletableFuture<ModelResponse> score(List<String> texts, String query) {
        Double[] scores = new Double[texts.size()];
        CompletableFuture<Usage> call = start(texts, query, (index, score) -> scores[index] = score);
        return Futures.map(call, usage -> new ModelResponse(List.of(scores), metadata(usage)));
    }

    private RerankMetadata metadata(Usage usage) {
        return RerankMetadata.builder()
                .modelName(endpoint.modelName())
                .tokenUsage(usage.tokens() == null ? null : new TokenUsage(usage.tokens()))
                .billedUnits(usage.billedUnits())
                .build();
    }

    /** Checks the texts. Blank ones are refused, unless they get the lowest score. */
    private List<String> checked(List<String> texts) {
        return blankDocuments == BlankDocuments.REFUSE ? Arguments.texts(texts) : Arguments.elements("text", texts);
    }

    /** Starts the requests of a call. Completes with the usage of all of them. */
    private CompletableFuture<Usage> start(List<String> texts, String query, ScoreSink sink) {
        Arguments.query(query);
        if (calls.isClosed()) {
            throw Arguments.closed(this);
        }
        SentTexts sent = SentTexts.of(texts, blank -> sink.accept(blank, lowestScore()));
        return sent.texts().isEmpty()
                ? CompletableFuture.completedFuture(Usage.none())
                : calls.track(executor.execute(
                        sent.texts(),
                        SentTexts.wellFormed(query),
                        (index, score) -> sink.accept(sent.indexes().get(index), score)));
    }

    private double lowestScore() {
        return scale == ScoreScale.PROBABILITY ? 0 : -Float.MAX_VALUE;
    }

    @Override
    public ScoringRequestParameters defaultRequestParameters() {
        return endpoint.modelName() == null
                ? ScoringRequestParameters.EMPTY
                : ScoringRequestParameters.builder()
                        .modelName(endpoint.modelName())
                        .build();
    }

    @Override
    public ScoreScale scoreScale() {
        return scale;
    }

    @Override
    public boolean listwise() {
        return endpoint.protocol().listwise();
    }

    /**
     * Refuses new calls, waits for the running ones (at most until their deadline; an interrupt cancels them), then
     * releases threads and connections. A second call does nothing; later scoring calls fail with
     * {@link IllegalStateException}.
     */
    @Override
    public void close() {
        calls.close(resources::release);
    }

    /** Returns provider, model and address, without the key. */
    @Override
    public String toString() {
        return "ApiScoringModel[" + endpoint + "]";
    }

    /** Options of an {@link ApiScoringModel}. Not thread-safe; can build several models. */
    public static final class Builder {

        private static final Set<String> LIMITS = Set.of("top_n", "top_k", "topN", "topK", "numberOfResults");

        private final RerankProtocol protocol;
        private final Map<String, JsonNode> parameters = new LinkedHashMap<>();
        private @Nullable String apiKey;
        private @Nullable Supplier<String> accessToken;
        private RequestSigner.@Nullable Source signer;
        private @Nullable String modelName;
        private @Nullable String baseUrl;
        private @Nullable HttpUrl url;
        private Duration timeout = Duration.ofSeconds(60);
        private Duration deadline = Duration.ofMinutes(3);
        private int maxRetries = 2;
        private int maxConcurrentRequests = 4;
        private @Nullable Integer maxDocumentsPerRequest;
        private @Nullable Integer maxRequestsPerMinute;
        private @Nullable Integer maxDocumentsPerMinute;
        private int maxResponseBytes = 64 << 20;
        private Map<String, String> customHeaders = Map.of();
        private BlankDocuments blankDocuments = BlankDocuments.REFUSE;
        private @Nullable ScoreScale scoreScale;
        private @Nullable OkHttpClient okHttpClient;
        private boolean cleartextKey;
        private boolean logRequests;
        private boolean logResponses;
        private boolean logDocuments;
        private UnaryOperator<@Nullable String> environment = System::getenv;
        private Clocks clocks = Clocks.SYSTEM;

        private Builder(RerankProtocol protocol) {
            this.protocol = protocol;
        }

        /**
         * The API key. Default: the first of the provider's environment variables that is set. If a provider works
         * without a key, a key from the environment is only sent over TLS or to this machine.
         *
         * @throws InvalidOptionException if it is null, blank or not printable ASCII
         */
        public Builder apiKey(String apiKey) {
            Arguments.notBlank("apiKey", apiKey, keyRemedy());
            this.apiKey = RequestHeaders.requirePrintable("apiKey", "apiKey", apiKey);
            return this;
        }

        /**
         * Supplier of short-lived tokens, sent as {@code Authorization: Bearer} instead of a key. It is called before
         * every attempt, on a thread of the common pool, so it should keep a token as long as it is valid.
         */
        public Builder accessToken(Supplier<String> accessToken) {
            this.accessToken = Arguments.required(
                    "accessToken", accessToken, "pass a supplier of tokens, or leave it out to send the API key");
            return this;
        }

        /** Name of the model at the provider. Default: a current model of the provider, if there is a suitable one. */
        public Builder modelName(String modelName) {
            this.modelName = Arguments.notBlank("modelName", modelName, modelRemedy());
            return this;
        }

        /**
         * Base URL of the service: the part before the provider's path, with or without a slash at the end, with or
         * without parts of the path such as {@code /v1}; or the whole URL of the provider's path. Default: the
         * provider's public host, or this machine for a server of your own.
         *
         * @throws InvalidOptionException if it is not an http or https URL with a host
         */
        public Builder baseUrl(String baseUrl) {
            Arguments.required("baseUrl", baseUrl, baseUrlRemedy());
            UrlJoiner.parse("baseUrl", baseUrl);
            this.baseUrl = baseUrl;
            return this;
        }

        /** Exact URL of all requests, for a host with a path of its own. Takes precedence over {@link #baseUrl}. */
        public Builder url(String url) {
            Arguments.required(
                    "url", url, "pass the whole URL, or leave it out: then baseUrl and the provider's path are joined");
            this.url = UrlJoiner.parse("url", url);
            return this;
        }

        /** Maximum duration of one attempt, from connecting to the last byte. Default 60 seconds. */
        public Builder timeout(Duration timeout) {
            this.timeout = Arguments.positive("timeout", timeout);
            return this;
        }

        /** Maximum duration of a call: all its requests, retries and waits together. Default 3 minutes. */
        public Builder deadline(Duration deadline) {
            this.deadline = Arguments.positive("deadline", deadline);
            return this;
        }

        /**
         * Maximum number of retries per request after a transient failure: too many requests, a server error, no
         * connection, no response in time. The delay is that of the service (at most 60 seconds,
         * otherwise the request fails at once), otherwise 0.5 to 1 s, 1 to 2 s, and so on. Default 2; 0 disables
         * retries.
         */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = Arguments.atLeast("maxRetries", 0, maxRetries);
            return this;
        }

        /**
         * Maximum number of concurrent requests of one call. Default 4. Calls from several threads do not share it; to
         * bound them together, use {@link #maxRequestsPerMinute} or the dispatcher of {@link #okHttpClient}.
         */
        public Builder maxConcurrentRequests(int maxConcurrentRequests) {
            this.maxConcurrentRequests = Arguments.atLeast("maxConcurrentRequests", 1, maxConcurrentRequests);
            return this;
        }

        /**
         * Maximum number of documents per request. Default: the limit of the provider. The list of a listwise model
         * must not be longer.
         */
        public Builder maxDocumentsPerRequest(int maxDocumentsPerRequest) {
            this.maxDocumentsPerRequest = Arguments.atLeast("maxDocumentsPerRequest", 1, maxDocumentsPerRequest);
            return this;
        }

        /**
         * Maximum number of requests of this model per minute, all calls and retries together; further requests wait.
         * Default: no limit.
         */
        public Builder maxRequestsPerMinute(int maxRequestsPerMinute) {
            this.maxRequestsPerMinute = Arguments.atLeast("maxRequestsPerMinute", 1, maxRequestsPerMinute);
            return this;
        }

        /**
         * Maximum number of documents of this model per minute, all calls and retries together; further requests wait.
         * Default: no limit.
         */
        public Builder maxDocumentsPerMinute(int maxDocumentsPerMinute) {
            this.maxDocumentsPerMinute = Arguments.atLeast("maxDocumentsPerMinute", 1, maxDocumentsPerMinute);
            return this;
        }

        /** Maximum size of a response in bytes, decompressed; a larger one fails. Default 64 MiB. */
        public Builder maxResponseBytes(int maxResponseBytes) {
            this.maxResponseBytes = Arguments.atLeast("maxResponseBytes", 1, maxResponseBytes);
            return this;
        }

        /** Headers of every request; they take precedence over the provider's own. Default: none. */
        public Builder customHeaders(Map<String, String> customHeaders) {
            this.customHeaders = RequestHeaders.checked(Arguments.required(
                    "customHeaders", customHeaders, "pass a map, or leave it out to add no headers"));
            return this;
        }

        /**
         * A field of the request body that the provider supports. An object is merged into an existing one. Can be
         * called once per field.
         *
         * @param value any value that Jackson can write; null removes a field that would be sent otherwise
         * @throws InvalidOptionException if the value cannot be written as JSON, and for fields that request fewer
         *     scores than documents: limiting the results is the aggregator's {@code topK}
         */
        public Builder parameter(String name, @Nullable Object value) {
            Arguments.notBlank("parameter", name, "pass the name of a field of the request body");
            if (LIMITS.contains(name)) {
                throw new InvalidOptionException(
                        "parameter",
                        "parameter must not be %s: a scoring model scores everything; use topK of the reranker"
                                .formatted(name));
            }
            this.parameters.put(name, RequestWriter.json(name, value));
            return this;
        }

        /** Handling of blank documents. Default {@link BlankDocuments#REFUSE}. */
        public Builder blankDocuments(BlankDocuments blankDocuments) {
            this.blankDocuments = Arguments.required("blankDocuments", blankDocuments, "pass REFUSE or SCORE_LOWEST");
            return this;
        }

        /**
         * Meaning of the scores, if you know it better than the protocol: on a server of your own it depends on the
         * model and its options. Default: that of the protocol.
         */
        public Builder scoreScale(ScoreScale scoreScale) {
            this.scoreScale = Arguments.required(
                    "scoreScale",
                    scoreScale,
                    "pass LOGIT, PROBABILITY or RELATIVE, or leave it out for the protocol's scale");
            return this;
        }

        /**
         * Client whose connections, dispatcher, proxy, TLS and interceptors are used; it is never shut down. Its
         * redirects, retries and read and write timeouts are not used. Default: a client owned by the model.
         */
        public Builder okHttpClient(OkHttpClient okHttpClient) {
            this.okHttpClient = Arguments.required(
                    "okHttpClient", okHttpClient, "pass a client, or leave it out for one of the model's own");
            return this;
        }

        /**
         * Whether a key may be sent unencrypted to another machine. Default {@code false}: then {@link #build()}
         * refuses.
         */
        public Builder allowCleartextKey(boolean allowed) {
            this.cleartextKey = allowed;
            return this;
        }

        /** Whether to log requests, at debug level, with masked headers and without texts. Default {@code false}. */
        public Builder logRequests(boolean logRequests) {
            this.logRequests = logRequests;
            return this;
        }

        /** Whether to log responses, at debug level, with masked headers and without texts. Default {@code false}. */
        public Builder logResponses(boolean logResponses) {
            this.logResponses = logResponses;
            return this;
        }

        /** Whether both logs contain bodies, documents and query included. Default {@code false}. */
        public Builder logDocuments(boolean logDocuments) {
            this.logDocuments = logDocuments;
            return this;
        }

        /** Factory of the signer, for providers that need more than a key in a header. */
        Builder signer(RequestSigner.Source signer) {
            this.signer = signer;
            return this;
        }

        /** Lookup of environment variables, for tests. */
        Builder environment(UnaryOperator<@Nullable String> environment) {
            this.environment = environment;
            return this;
        }

        /** The clocks, for tests. */
        Builder clocks(Clocks clocks) {
            this.clocks = clocks;
            return this;
        }

        /**
         * Builds the model.
         *
         * @throws InvalidOptionException if the provider needs a key, a model or a base URL that is missing, or if the
         *     key would be sent unencrypted
         * @throws IllegalStateException if a library that only this provider needs is missing
         */
        public ApiScoringModel build() {
            String model = modelName == null ? protocol.defaultModel() : modelName;
            if (model == null && protocol.modelRequired()) {
                throw new InvalidOptionException("modelName", protocol.name() + " needs a model: set modelName");
            }
            RerankProtocol chosen = protocol.forModel(model);
            HttpUrl target = target(chosen);
            String key = key(chosen.apiKeyScheme(), target);
            Headers headers = RequestHeaders.of(chosen, key, customHeaders);
            requireKey(chosen, key, headers);
            requireEncryption(chosen, headers, target);
            ModelResources resources = ModelResources.with(okHttpClient);
            Endpoint endpoint = new Endpoint(
                    chosen,
                    model,
                    target,
                    headers,
                    signer(key, resources.client()),
                    timeout,
                    new RequestLog(chosen.name(), logRequests, logResponses, logDocuments));
            return new ApiScoringModel(
                    endpoint,
                    scoreScale == null ? chosen.scoreScale() : scoreScale,
                    blankDocuments,
                    executor(endpoint, resources),
                    resources);
        }

        /** Returns the URL of all requests. */
        private HttpUrl target(RerankProtocol chosen) {
            if (url != null) {
                return url;
            }
            if (baseUrl == null && chosen.defaultUrl().startsWith("/")) {
                throw new InvalidOptionException("baseUrl", chosen.name() + " has no URL of its own: set baseUrl");
            }
            return UrlJoiner.of(chosen.defaultUrl(), baseUrl);
        }

        /**
         * Returns the key of the user, otherwise one from the environment if it may be sent to the target; null if
         * there is none.
         */
        private @Nullable String key(ApiKeyScheme scheme, HttpUrl target) {
            boolean mayTravel = scheme.required() || RequestHeaders.safe(target);
            if (apiKey != null || accessToken != null || !mayTravel) {
                return apiKey;
            }
            for (String variable : scheme.environmentVariables()) {
                String value = environment.apply(variable);
                if (value != null && !value.isBlank()) {
                    return RequestHeaders.requirePrintable("apiKey", "environment variable " + variable, value);
                }
            }
            return null;
        }

        private void requireKey(RerankProtocol chosen, @Nullable String key, Headers headers) {
            ApiKeyScheme scheme = chosen.apiKeyScheme();
            boolean given = key != null
                    || accessToken != null
                    || (scheme.header() != null && headers.get(scheme.header()) != null);
            if (scheme.required() && !given) {
                throw new InvalidOptionException(
                        "apiKey", "%s needs a key: set apiKey%s".formatted(chosen.name(), orEnvironment(scheme)));
            }
        }

        private void requireEncryption(RerankProtocol chosen, Headers headers, HttpUrl target) {
            boolean secret = RequestHeaders.holdSecret(headers) || accessToken != null || signer != null;
            if (secret && !cleartextKey && !RequestHeaders.safe(target)) {
                String option = url == null ? "baseUrl" : "url";
                throw new InvalidOptionException(
                        option,
                        "%s would send a key unencrypted to %s: use https in %s, or set allowCleartextKey to true"
                                .formatted(chosen.name(), target.host(), option));
            }
        }

        private String keyRemedy() {
            List<String> variables = protocol.apiKeyScheme().environmentVariables();
            return variables.isEmpty()
                    ? "pass a key, or leave it out to send none"
                    : "pass a key, or leave it out to read it from the environment variable "
                            + String.join(" or ", variables);
        }

        private String modelRemedy() {
            String model = protocol.defaultModel();
            return model == null
                    ? "pass the name of a model"
                    : "pass the name of a model, or leave it out for " + model;
        }

        private String baseUrlRemedy() {
            String url = protocol.defaultUrl();
            return url.startsWith("/") ? "pass the URL of your server" : "pass a URL, or leave it out for " + url;
        }

        /** Returns the environment variables of a scheme as an alternative to the option; empty if it has none. */
        private static String orEnvironment(ApiKeyScheme scheme) {
            return scheme.environmentVariables().isEmpty()
                    ? ""
                    : ", or the environment variable " + String.join(" or ", scheme.environmentVariables());
        }

        private RequestSigner signer(@Nullable String key, OkHttpClient client) {
            if (accessToken != null) {
                return RequestSigner.bearer(accessToken);
            }
            return signer == null ? RequestSigner.none() : signer.signer(key, client);
        }

        private RequestExecutor executor(Endpoint endpoint, ModelResources resources) {
            RerankProtocol chosen = endpoint.protocol();
            Limits limits = maxDocumentsPerRequest == null
                    ? chosen.limits()
                    : chosen.limits().withDocuments(maxDocumentsPerRequest);
            return new RequestExecutor(
                    endpoint,
                    new Transport(chosen.name(), resources.client(), timeout, maxResponseBytes),
                    new RequestWriter(chosen, parameters),
                    new RequestExecutor.Bounds(limits, deadline, maxRetries, maxConcurrentRequests),
                    new RateLimit(maxRequestsPerMinute, maxDocumentsPerMinute, clocks.scheduler(resources.timer())),
                    clocks,
                    resources.timer());
        }
    }
}
