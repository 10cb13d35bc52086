package dev.langchain4j.rerank.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings. What the Javadoc says of them becomes the description in the configuration metadata, hence the plain
 * text.
 *
 * @param enabled Whether anything of this starter is configured at all.
 * @param local The model that runs in this process, id "local".
 * @param api Models behind HTTP, by id. An id is a protocol (cohere, jina, voyage, tei, vllm, ...), or any name with a
 *     protocol set.
 * @param order Ids of the models that score: the first is asked, the others are the fallback, in this order. Needed where
 *     several models are configured.
 * @param cache Remembers scores of pairs.
 * @param cascade A cheap model before the others.
 * @param longDocuments Cuts long passages into windows.
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
     * Settings of the local model. Where the default depends on the model, null asks for it.
     *
     * @param modelPath Directory of a model: tokenizer.json and model.onnx or model.pt.
     * @param modelName Model of the Hugging Face hub, downloaded where it is not in the cache. Instead of model-path.
     * @param revision Branch, tag or commit of model-name; the hub's main branch by default.
     * @param cacheDirectory Where models by name are kept; the cache of Python's huggingface_hub by default.
     * @param offline Whether a model by name is taken from the cache or not at all.
     * @param preset A model with the settings of its makers.
     * @param kind What kind of model it is: one that reads query and passage together, one of late interaction, or a
     *     language model with the prompt of its makers.
     * @param engine What runs the model; by default what it has a file for, ONNX Runtime first.
     * @param onnxVariant Which of the ONNX files of a model by name; the exported weights as they are by default.
     * @param device Where the model runs: cpu, cuda, cuda:0, ...
     * @param workers Threads that run the model; one a processor by default, on CUDA two.
     * @param maxWaitingCalls Calls that may wait for a worker; one more is refused.
     * @param warmUp Whether one pair is scored at start, so that a model that does not work fails there and the first
     *     question is not the slow one.
     * @param maxLength Tokens of query, passage and special tokens together; 512, or the model's limit if that is less, by
     *     default. Not for kind colbert.
     * @param queryMaxLength Tokens of the query at most; half of max-length by default. Not for kind colbert.
     * @param activation From logit to score; what the model's config.json or the prompt says by default. Not for kind
     *     colbert.
     * @param instruction What a language model is told to do; that of its makers by default. For the kinds qwen3 and
     *     bge-gemma.
     * @param queryLength Tokens that a query is made to have; what the model's files say by default. For kind colbert.
     * @param documentLength Tokens of a passage at most; what the model's files say by default. For kind colbert.
     * @param documentCache Passages whose vectors are kept in memory; none by default. For kind colbert.
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
            @Nullable String instruction,
            @Nullable Integer queryLength,
            @Nullable Integer documentLength,
            @Nullable Integer documentCache) {

        static final String PREFIX = RerankProperties.PREFIX + ".local";

        /** Whether a model is named. */
        boolean configured() {
            return modelPath != null || modelName != null || preset != null;
        }
    }

    /** Models by a short name. */
    enum Preset {
        /** PyMilvus's BGE: BAAI/bge-reranker-v2-m3 with probabilities. */
        BGE,
        /** The model of the jar langchain4j-rerank-ms-marco-minilm-l12-v2-q. */
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

    /** As {@code dev.langchain4j.rerank.local.Engine}, which need not be on the class path. */
    enum Engine {
        ONNX_RUNTIME,
        PYTORCH
    }

    /** As {@code dev.langchain4j.rerank.local.OnnxVariant}, which need not be on the class path. */
    enum OnnxVariant {
        FP32,
        FP16,
        QUANTIZED,
        O1,
        O2,
        O3,
        O4
    }

    /** As {@code dev.langchain4j.rerank.local.Activation}, which need not be on the class path. */
    enum Activation {
        MODEL_DEFAULT,
        SIGMOID,
        NONE
    }

    /**
     * Settings of one service. Naming any of them configures the model.
     *
     * @param protocol What the service speaks; the id by default.
     * @param apiKey Key of the service; the provider's environment variable by default.
     * @param modelName Model by the provider's name; a current model of the provider by default, where one can be named.
     * @param baseUrl Where the service is; the provider's public host, or this machine, by default.
     * @param url Exact URL of requests, for a host with a path of its own. Wins over base-url.
     * @param region Region, for the protocols bedrock and watsonx, which need it.
     * @param project Project, for the protocol vertex, which needs it.
     * @param inferenceId Id of the inference endpoint, for the protocol elastic, which needs it.
     * @param timeout How long one attempt may take.
     * @param deadline How long a call may take, repeats and waits included.
     * @param maxRetries How often a request is sent again that failed in passing.
     * @param maxConcurrentRequests Requests of one call that are under way at a time.
     * @param maxDocumentsPerRequest Documents in a request at most; the provider's limit by default.
     * @param customHeaders Headers of every request. Values are never shown.
     * @param parameters Fields of the request body that the provider knows; read as JSON if they are, else as text.
     * @param logRequests Whether requests are logged, at debug level, without keys and texts.
     * @param logResponses Whether answers are logged, at debug level, without keys and texts.
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

        /** Without the key, and with no more than the names of headers: a header may hold a key. */
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
     * @param enabled Whether scores of pairs of query and passage are remembered, for each model. Needs Caffeine.
     * @param maxEntries How many scores of a model are remembered.
     * @param expireAfterWrite How long a score is remembered.
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
     * @param first Id of a cheap model that scores everything; those of the order then score the best of it.
     * @param keep How many of the best the models of the order score.
     */
    record Cascade(
            @Nullable String first, @DefaultValue("20") int keep) {

        static final String PREFIX = RerankProperties.PREFIX + ".cascade";
    }

    /**
     * Settings for passages that are longer than the model reads.
     *
     * @param enabled Whether long passages are cut into windows that are scored one by one.
     * @param window Tokens of a window.
     * @param overlap Tokens that neighbouring windows share.
     * @param combine How the score of a passage is made of those of its windows.
     */
    record LongDocuments(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("384") int window,
            @DefaultValue("64") int overlap,
            @DefaultValue("max") Combine combine) {

        static final String PREFIX = RerankProperties.PREFIX + ".long-documents";

        /** From windows to passage. */
        enum Combine {
            MAX,
            MEAN_OF_TOP_3,
            FIRST
        }
    }

    /**
     * Settings of the rerank step.
     *
     * @param enabled Whether a RerankingContentAggregator and a Reranker are made.
     * @param topK Contents that are handed on at most.
     * @param minScore Lowest score that is handed on, on the scale that is reported; none by default.
     * @param maxCandidates Contents that are scored at most, in retrieval order.
     * @param timeout How long a reranking may take; as long as the model takes by default.
     * @param onFailure What happens when the model fails or is not done in time.
     * @param normalizer What is reported for what the model says.
     * @param fusion How one order is made of what several retrievers found.
     * @param rrfK Constant of reciprocal rank fusion.
     * @param weights Weights of weighted fusion, one a retriever, in their order.
     * @param query Which query contents are scored against: each that found them, or the user's original message.
     * @param metadataKeys Metadata that goes into the scored text, before the text, a line each.
     * @param selection Further rules about what is kept.
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

        /** As {@code FailurePolicy}. */
        enum OnFailure {
            THROW,
            KEEP_RETRIEVAL_ORDER
        }

        /** From the model's scores to what is reported. */
        enum Normalizer {
            NONE,
            SIGMOID
        }

        /** One order out of several lists. */
        enum Fusion {
            RECIPROCAL_RANK,
            WEIGHTED
        }

        /** What contents are scored against. */
        enum Query {
            EACH,
            ORIGINAL
        }

        /**
         * Settings of what is kept.
         *
         * @param scoreGap Whether the list is cut where the score falls most.
         * @param tokenBudget Tokens that the kept texts have together at most; none by default. Needs a bean of type
         *     TokenCountEstimator.
         * @param maxPerSource Contents of one source that are kept at most; any number by default.
         * @param sourceKey Metadata that names the source.
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
     * @param enabled Whether a RetrievalAugmentor of all content retrievers and the aggregator is made.
     */
    record Augmentor(@DefaultValue("true") boolean enabled) {}

    /**
     * Settings of metrics.
     *
     * @param enabled Whether rerankings are metered where there is a MeterRegistry.
     */
    record Metrics(@DefaultValue("true") boolean enabled) {}

    /**
     * Settings of traces.
     *
     * @param enabled Whether rerankings are traced where there is an OpenTelemetry or an ObservationRegistry.
     * @param includeContent Whether traces hold the query, the passages and their scores.
     */
    record Observations(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean includeContent) {}
}
