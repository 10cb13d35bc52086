package dev.langchain4j.rerank.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings. The Javadoc of the parameters becomes the property descriptions in the configuration metadata, so it is
 * plain text.
 *
 * @param enabled Whether to enable this starter.
 * @param local The model that runs in this process, id "local".
 * @param api Models behind HTTP, by id. An id is a protocol (cohere, jina, voyage, tei, vllm, ...), or any name whose
 *     protocol is set.
 * @param order Ids of the models that score: the first is the primary model, the others are its fallbacks, in this
 *     order. Required if several models are configured.
 * @param cache Cache of scores.
 * @param cascade A cheap model before the others.
 * @param longDocuments Windows for long passages.
 * @param aggregator The rerank step itself.
 * @param augmentor The LangChain4j RetrievalAugmentor around the aggregator.
 * @param metrics Micrometer metrics.
 * @param observations Traces.
 */
@ConfigurationProperties(RerankProperties.PREFIX)
record RerankProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Local local,
        @DefaultValue Map<String, Api> api,
        @DefaultValue List<String> order,
        @DefaultValue Cache cache,
        @DefaultValue Cascade cascade,
        @DefaultValue LongDocuments longDocuments,
        @DefaultValue Aggregator aggregator,
        @DefaultValue Augmentor augmentor,
        @DefaultValue Metrics metrics,
        @DefaultValue Observations observations) {

    static final String PREFIX = "langchain4j.rerank";

    /**
     * Settings of the local model. Null is used where the default depends on the model.
     *
     * @param modelPath Directory of a model: tokenizer.json and model.onnx or model.pt.
     * @param modelName Name of a model on the Hugging Face hub, downloaded unless it is in the cache. An
     *     alternative to model-path.
     * @param revision Branch, tag or commit of model-name. Default: the main branch on the hub.
     * @param cacheDirectory Directory of models by name. Default: the cache of Python's huggingface_hub.
     * @param offline Whether to load a model by name only from the cache and fail if it is not there.
     * @param preset Short name of a model, which is used with the settings of its authors.
     * @param kind Kind of the model: a cross-encoder, which reads query and passage together; colbert, for late
     *     interaction; or a language model with the prompt of its authors.
     * @param engine Engine that runs the model. Default: the engine for which the model has a file, ONNX Runtime first.
     * @param onnxVariant ONNX file of a model by name. Default: the unmodified exported weights.
     * @param device Device that runs the model: cpu, cuda, cuda:0, ...
     * @param workers Number of threads that run the model. Default: one per processor; two on CUDA.
     * @param maxWaitingCalls Maximum number of calls that wait for a worker. Any further call is refused.
     * @param warmUp Whether to score one pair at startup, so that a broken model fails there and the first question is
     *     not slow.
     * @param maxLength Maximum number of tokens of query, passage and special tokens together. Default: 512, or the
     *     limit of the model if that is lower. Not for kind colbert.
     * @param queryMaxLength Maximum number of tokens of the query. Default: half of max-length. Not for kind colbert.
     * @param activation Function that converts logits to scores. Default: the function in the config.json of the model,
     *     or of the prompt. Not for kind colbert.
     * @param earlyExit Maximum number of texts per call that the model reads: those most similar to the query by its
     *     own token vectors. Default: all. For kind cross-encoder.
     * @param instruction Instruction for a language model. Default: that of its authors. For the kinds qwen3 and
     *     bge-gemma.
     * @param queryLength Number of tokens to which a query is padded or cut. Default: the number in the files of the
     *     model. For kind colbert.
     * @param documentLength Maximum number of tokens of a passage. Default: the number in the files of the model. For
     *     kind colbert.
     * @param documentCache Number of passages whose vectors are kept in memory. Default: none. For kind colbert.
     */
    record Local(
            @Nullable Path modelPath,
            @Nullable String modelName,
            @Nullable String revision,
            @Nullable Path cacheDirectory,
            @DefaultValue("false") boolean offline,
            @Nullable Preset preset,
            @DefaultValue("cross-encoder") Kind kind,
            @Nullable Engine engine,
            @Nullable OnnxVariant onnxVariant,
            @DefaultValue("cpu") String device,
            @Nullable Integer workers,
            @DefaultValue("1000") int maxWaitingCalls,
            @DefaultValue("true") boolean warmUp,
            @Nullable Integer maxLength,
            @Nullable Integer queryMaxLength,
            @Nullable Activation activation,
            @Nullable Integer earlyExit,
            @Nullable String instruction,
            @Nullable Integer queryLength,
            @Nullable Integer documentLength,
            @Nullable Integer documentCache) {

        static final String PREFIX = RerankProperties.PREFIX + ".local";

        /** Returns whether a model is named. */
        boolean configured() {
            return modelPath != null || modelName != null || preset != null;
        }
    }

    /** Short names of models. */
    enum Preset {
        /** BAAI/bge-reranker-v2-m3 with probabilities, like BGE in PyMilvus. */
        BGE,
        /** The model in the jar langchain4j-rerank-ms-marco-minilm-l12-v2-q. */
        MS_MARCO_MINILM_L12_V2_Q
    }

    /** Kinds of local models. */
    enum Kind {
        CROSS_ENCODER,
        COLBERT,
        /** Qwen3-Reranker. */
        QWEN3,
        /** BAAI/bge-reranker-v2-gemma. */
        BGE_GEMMA
    }

    /** The values of {@code dev.langchain4j.rerank.local.Engine}, which may be missing on the class path. */
    enum Engine {
        ONNX_RUNTIME,
        PYTORCH
    }

    /** The values of {@code dev.langchain4j.rerank.local.OnnxVariant}, which may be missing on the class path. */
    enum OnnxVariant {
        FP32,
        FP16,
        QUANTIZED,
        O1,
        O2,
        O3,
        O4
    }

    /** The values of {@code dev.langchain4j.rerank.local.Activation}, which may be missing on the class path. */
    enum Activation {
        MODEL_DEFAULT,
        SIGMOID,
        NONE
    }

    /**
     * Settings of one service. Any of them configures the model.
     *
     * @param protocol Protocol of the service. Default: the id.
     * @param apiKey Key of the service. Default: the environment variable of the provider.
     * @param modelName Name of the model at the provider. Default: a current model of the provider, if there is one.
     * @param baseUrl Base URL of the service. Default: the public host of the provider, or this machine.
     * @param url Exact URL of requests, for a host with its own path. Takes precedence over base-url.
     * @param region Region. Required by the protocols bedrock and watsonx.
     * @param project Project. Required by the protocol vertex.
     * @param inferenceId Id of the inference endpoint. Required by the protocol elastic.
     * @param timeout Maximum duration of one attempt.
     * @param deadline Maximum duration of a call, including retries and waits.
     * @param maxRetries Maximum number of retries per request after a transient failure.
     * @param maxConcurrentRequests Maximum number of concurrent requests per call.
     * @param maxDocumentsPerRequest Maximum number of documents per request. Default: the limit of the provider.
     * @param customHeaders Headers of every request. Values are never shown.
     * @param parameters Provider-specific fields of the request body. Values are read as JSON if they are valid JSON,
     *     otherwise as text.
     * @param logRequests Whether to log requests, at debug level, without keys and texts.
     * @param logResponses Whether to log responses, at debug level, without keys and texts.
     */
    record Api(
            @Nullable String protocol,
            @Nullable String apiKey,
            @Nullable String modelName,
            @Nullable String baseUrl,
            @Nullable String url,
            @Nullable String region,
            @Nullable String project,
            @Nullable String inferenceId,
            @DefaultValue("60s") Duration timeout,
            @DefaultValue("3m") Duration deadline,
            @DefaultValue("2") int maxRetries,
            @DefaultValue("4") int maxConcurrentRequests,
            @Nullable Integer maxDocumentsPerRequest,
            @DefaultValue Map<String, String> customHeaders,
            @DefaultValue Map<String, Object> parameters,
            @DefaultValue("false") boolean logRequests,
            @DefaultValue("false") boolean logResponses) {

        static final String PREFIX = RerankProperties.PREFIX + ".api";

        /**
         * Returns the settings without the key and with the names of the headers only, because a header may contain a
         * key.
         */
        @Override
        public String toString() {
            return "Api[protocol=%s, modelName=%s, baseUrl=%s, url=%s, key %s, headers %s]"
                    .formatted(
                            protocol,
                            modelName,
                            baseUrl,
                            url,
                            apiKey == null ? "not set" : "set",
                            customHeaders.keySet());
        }
    }

    /**
     * Settings of the cache.
     *
     * @param enabled Whether to cache the scores of pairs of query and passage, separately for each model. Requires
     *     Caffeine.
     * @param maxEntries Maximum number of cached scores per model.
     * @param expireAfterWrite Time after which a cached score expires.
     */
    record Cache(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("10000") long maxEntries,
            @DefaultValue("10m") Duration expireAfterWrite) {

        static final String PREFIX = RerankProperties.PREFIX + ".cache";
    }

    /**
     * Settings of the cascade.
     *
     * @param first Id of a cheap model that scores all passages first. The models of the order then score its best.
     * @param keep Number of top candidates that the models of the order score. At least 1.
     * @param latencyBudget Target duration of a call: the models of the order score only as many candidates as they are
     *     expected to finish in time, at most keep. Default: none.
     */
    record Cascade(
            @Nullable String first,
            @DefaultValue("20") int keep,
            @Nullable Duration latencyBudget) {

        static final String PREFIX = RerankProperties.PREFIX + ".cascade";
    }

    /**
     * Settings for passages that exceed the maximum length of the model.
     *
     * @param enabled Whether to split long passages into windows that are scored separately.
     * @param window Number of tokens per window.
     * @param overlap Number of tokens that adjacent windows share. Less than window.
     * @param combine Method that combines the scores of the windows into the score of the passage.
     */
    record LongDocuments(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("384") int window,
            @DefaultValue("64") int overlap,
            @DefaultValue("max") Combine combine) {

        static final String PREFIX = RerankProperties.PREFIX + ".long-documents";

        /** Ways to combine the scores of windows. */
        enum Combine {
            MAX,
            MEAN_OF_TOP_3,
            FIRST
        }
    }

    /**
     * Settings of the rerank step.
     *
     * @param enabled Whether to create a RerankingContentAggregator and a Reranker.
     * @param topK Maximum number of contents that are passed on. At least 1.
     * @param minScore Minimum score of contents that are passed on, on the reported scale. Default: none.
     * @param maxCandidates Maximum number of contents that are scored, in retrieval order. At least 1.
     * @param timeout Maximum duration of a reranking. Default: none.
     * @param onFailure Reaction to a model that fails or exceeds the timeout.
     * @param normalizer Function that converts raw scores to reported scores.
     * @param fusion Method that merges the results of several retrievers into one order.
     * @param rrfK Constant of reciprocal rank fusion. Above 0 and below 16384.
     * @param weights Weights of weighted fusion, one per retriever, in their order. From 0 to 1 each.
     * @param query Query that contents are scored against: each query that found them, or the user's original message.
     * @param metadataKeys Metadata keys whose values are put before the scored text, one per line.
     * @param selection Further rules that decide which contents are kept.
     */
    record Aggregator(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5") int topK,
            @Nullable Double minScore,
            @DefaultValue("100") int maxCandidates,
            @Nullable Duration timeout,
            @DefaultValue("throw") OnFailure onFailure,
            @DefaultValue("none") Normalizer normalizer,
            @DefaultValue("reciprocal-rank") Fusion fusion,
            @DefaultValue("60") double rrfK,
            @DefaultValue List<Double> weights,
            @DefaultValue("each") Query query,
            @DefaultValue List<String> metadataKeys,
            @DefaultValue Selection selection) {

        static final String PREFIX = RerankProperties.PREFIX + ".aggregator";

        /** The values of {@code FailurePolicy}. */
        enum OnFailure {
            THROW,
            KEEP_RETRIEVAL_ORDER
        }

        /** Ways to convert raw scores to reported scores. */
        enum Normalizer {
            NONE,
            SIGMOID
        }

        /** Ways to merge several lists into one order. */
        enum Fusion {
            RECIPROCAL_RANK,
            WEIGHTED
        }

        /** The queries that contents are scored against. */
        enum Query {
            EACH,
            ORIGINAL
        }

        /**
         * Settings of the selection.
         *
         * @param scoreGap Whether to cut the list at the largest drop in score.
         * @param tokenBudget Maximum total number of tokens of the kept texts. Default: none. Requires a bean of type
         *     TokenCountEstimator.
         * @param maxPerSource Maximum number of kept contents per source. Default: none.
         * @param sourceKey Metadata key that identifies the source.
         */
        record Selection(
                @DefaultValue("false") boolean scoreGap,
                @Nullable Integer tokenBudget,
                @Nullable Integer maxPerSource,
                @DefaultValue("file_name") String sourceKey) {

            static final String PREFIX = Aggregator.PREFIX + ".selection";
        }
    }

    /**
     * Settings of the augmentor.
     *
     * @param enabled Whether to create a RetrievalAugmentor from all content retrievers and the aggregator.
     */
    record Augmentor(@DefaultValue("true") boolean enabled) {}

    /**
     * Settings of metrics.
     *
     * @param enabled Whether to record metrics of rerankings when a MeterRegistry is available.
     */
    record Metrics(@DefaultValue("true") boolean enabled) {}

    /**
     * Settings of traces.
     *
     * @param enabled Whether to trace rerankings when an OpenTelemetry or an ObservationRegistry is available.
     * @param includeContent Whether traces contain the query, the passages and their scores.
     */
    record Observations(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean includeContent) {}
}
