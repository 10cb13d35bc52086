package dev.langchain4j.rerank.api;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.ScaledScoringModel;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.RerankProtocol.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A scoring model behind HTTP. */
public final class ApiScoringModel implements ScaledScoringModel {

    private final RerankProtocol protocol;
    private final @Nullable String modelName;
    private final HttpUrl url;
    private final Map<String, String> headers;
    private final RequestWriter writer;
    private final AnswerReader reader;
    private final OkHttpClient client;
    private final @Nullable RequestSigner signer;

    private ApiScoringModel(Builder builder) {
        this.modelName = builder.modelName == null ? builder.protocol.defaultModel() : builder.modelName;
        this.protocol = builder.protocol.forModel(modelName);
        this.url = Endpoint.of(protocol.defaultUrl(), builder.baseUrl);
        this.headers = builder.headers(protocol);
        this.writer = new RequestWriter(protocol, builder.parameters);
        this.reader = new AnswerReader(protocol);
        this.client = builder.okHttpClient == null ? new OkHttpClient() : builder.okHttpClient;
        this.signer = builder.signer == null ? null : builder.signer.signer(builder.key(), client);
    }

    /** Cohere, v2. */
    public static Builder cohere() {
        return builder(new CohereProtocol());
    }

    /** Cohere, v1. */
    public static Builder cohereV1() {
        return builder(new CohereV1Protocol());
    }

    /** Jina AI. */
    public static Builder jina() {
        return builder(new JinaProtocol());
    }

    /** Voyage AI. */
    public static Builder voyage() {
        return builder(new VoyageProtocol());
    }

    /** Hugging Face Text Embeddings Inference. */
    public static Builder tei() {
        return builder(new TeiProtocol());
    }

    /** A server of vLLM, and any other that speaks the flat shape of Cohere and Jina; its address is {@code baseUrl}. */
    public static Builder vllm() {
        return builder(new VllmProtocol());
    }

    /** A server of Infinity. */
    public static Builder infinity() {
        return builder(new InfinityProtocol());
    }

    /**
     * A cross-encoder in DJL Serving.
     *
     * @param model the name that the model is served under
     */
    public static Builder djlServing(String model) {
        return builder(new DjlServingProtocol(model));
    }

    /** A server of llama.cpp, started with {@code --reranking}. */
    public static Builder llamaCpp() {
        return builder(new LlamaCppProtocol());
    }

    /** Mixedbread. */
    public static Builder mixedbread() {
        return builder(new MixedbreadProtocol());
    }

    /**
     * A container of NVIDIA NIM. For NVIDIA's own host {@code baseUrl} is the whole URL of the model:
     * {@code https://ai.api.nvidia.com/v1/retrieval/nvidia/llama-nemotron-rerank-1b-v2/reranking}.
     */
    public static Builder nvidiaNim() {
        return builder(new NvidiaNimProtocol());
    }

    /**
     * Amazon Bedrock's Rerank. Signs with the AWS SDK's default credentials; add
     * {@code software.amazon.awssdk:http-auth-aws} and {@code software.amazon.awssdk:auth}. Takes no API key.
     *
     * @param region for instance {@code us-west-2}
     */
    public static Builder bedrock(String region) {
        return builder(new BedrockProtocol(region))
                .signer(RequestSigner.Source.needing(
                        "software.amazon.awssdk:http-auth-aws and software.amazon.awssdk:auth",
                        (apiKey, client) -> AwsSigner.of(region, apiKey, client)));
    }

    /**
     * Google's Vertex AI Ranking. Uses Google's application default credentials; add
     * {@code com.google.auth:google-auth-library-oauth2-http}, or give {@link Builder#accessToken(Supplier)}. An
     * {@code apiKey} is taken for an access token.
     *
     * @param project the id or number of the project
     */
    public static Builder vertex(String project) {
        return builder(new VertexProtocol(project))
                .signer(TokenSigner.givenOr(RequestSigner.Source.needing(
                        "com.google.auth:google-auth-library-oauth2-http, or give accessToken(...)",
                        (apiKey, client) -> GoogleSigner.of(client))));
    }

    /** Cohere on Azure AI Foundry; {@code baseUrl} is the resource's, {@code modelName} the deployment's name. */
    public static Builder azureCohere() {
        return builder(new AzureCohereProtocol());
    }

    /** Alibaba's DashScope (Model Studio); the model decides which of its two routes is taken. */
    public static Builder dashScope() {
        return builder(new DashScopeProtocol());
    }

    /** SiliconFlow. */
    public static Builder siliconFlow() {
        return builder(new SiliconFlowProtocol());
    }

    /** Together AI; a model is required. */
    public static Builder together() {
        return builder(new TogetherProtocol());
    }

    /** Pinecone Inference. */
    public static Builder pinecone() {
        return builder(new PineconeProtocol());
    }

    /** ZeroEntropy. */
    public static Builder zeroEntropy() {
        return builder(new ZeroEntropyProtocol());
    }

    /** OpenRouter; a model is required. */
    public static Builder openRouter() {
        return builder(new OpenRouterProtocol());
    }

    /** A server of Xinference; a model is required. */
    public static Builder xinference() {
        return builder(new XinferenceProtocol());
    }

    /** Contextual AI. */
    public static Builder contextual() {
        return builder(new ContextualProtocol());
    }

    /**
     * IBM watsonx.ai. The key is exchanged for tokens at IBM Cloud's IAM; other tokens (Cloud Pak for Data) come from
     * {@link Builder#accessToken(Supplier)}. The service wants {@code parameter("project_id", …)} or
     * {@code parameter("space_id", …)}.
     *
     * @param region for instance {@code us-south}
     */
    public static Builder watsonx(String region) {
        return builder(new WatsonxProtocol(region)).signer(IamSigner::of);
    }

    /**
     * An inference endpoint of Elasticsearch; {@code baseUrl} is the cluster's.
     *
     * @param inferenceId the id of the endpoint
     */
    public static Builder elastic(String inferenceId) {
        return builder(new ElasticProtocol(inferenceId));
    }

    // tag::isaacus
    /** Isaacus. */
    public static Builder isaacus() {
        return builder(new IsaacusProtocol());
    }
    // end::isaacus

    /** A service of your own. */
    public static Builder builder(RerankProtocol protocol) {
        return new Builder(protocol);
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        Request request =
                new Request(query, segments.stream().map(TextSegment::text).toList(), modelName);
        byte[] json = writer.write(request);
        RequestBody body = RequestBody.create(json, MediaType.get("application/json"));
        okhttp3.Request.Builder call = new okhttp3.Request.Builder().url(url).post(body);
        headers.forEach(call::header);
        if (signer != null) {
            signer.headers(url.uri(), json).toCompletableFuture().join().forEach(call::header);
        }
        try (okhttp3.Response response = client.newCall(call.build()).execute()) {
            byte[] bytes = response.body().bytes();
            if (response.code() != 200) {
                ErrorDetails error = reader.error(response.headers(), bytes);
                throw ServiceErrors.exception(
                        protocol.errorKind(response.code(), error, request),
                        response.code(),
                        protocol.name() + " answered HTTP " + response.code() + ": " + error.message());
            }
            return Response.from(
                    reader.answer(response.headers(), bytes, request, 0).scores());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ScoreScale scoreScale() {
        return protocol.scoreScale();
    }

    @Override
    public boolean listwise() {
        return protocol.listwise();
    }

    /** Options of a model. */
    public static final class Builder {

        private final RerankProtocol protocol;
        private final Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        private @Nullable String apiKey;
        private @Nullable String modelName;
        private @Nullable String baseUrl;
        private @Nullable OkHttpClient okHttpClient;
        private UnaryOperator<@Nullable String> environment = System::getenv;
        private RequestSigner.@Nullable Source signer;

        private Builder(RerankProtocol protocol) {
            this.protocol = protocol;
        }

        /** The key. */
        public Builder apiKey(String apiKey) {
            this.apiKey = apiKey;
            return this;
        }

        /** The model. */
        public Builder modelName(String modelName) {
            this.modelName = modelName;
            return this;
        }

        /** The address. */
        public Builder baseUrl(String baseUrl) {
            this.baseUrl = baseUrl;
            return this;
        }

        /** A field of the request body that only this service knows; null takes one away. */
        public Builder parameter(String name, @Nullable Object value) {
            this.parameters.put(name, value);
            return this;
        }

        /** A client to share; it is never shut down. */
        public Builder okHttpClient(OkHttpClient client) {
            this.okHttpClient = client;
            return this;
        }

        /**
         * Who gives the token that is sent as {@code Authorization: Bearer}. Asked before every attempt, on a thread of
         * the HTTP client, so it may block; it should keep a token as long as it is valid.
         */
        public Builder accessToken(Supplier<String> accessToken) {
            return signer((apiKey, client) ->
                    new TokenSigner(accessToken, client.dispatcher().executorService()));
        }

        /** Where environment variables are read, for tests. */
        Builder environment(UnaryOperator<@Nullable String> environment) {
            this.environment = environment;
            return this;
        }

        /** Who signs requests where a key in a header does not do. */
        Builder signer(RequestSigner.Source signer) {
            this.signer = signer;
            return this;
        }

        /** The model. */
        public ApiScoringModel build() {
            return new ApiScoringModel(this);
        }

        private Map<String, String> headers(RerankProtocol protocol) {
            Map<String, String> headers = new HashMap<>(protocol.headers());
            Credentials credentials = protocol.credentials();
            String key = key();
            if (key != null && credentials.header() != null) {
                headers.put(credentials.header(), credentials.prefix() + key);
            }
            return headers;
        }

        private @Nullable String key() {
            String key = apiKey;
            for (String variable : protocol.credentials().environmentVariables()) {
                key = key == null ? environment.apply(variable) : key;
            }
            return key;
        }
    }
}
