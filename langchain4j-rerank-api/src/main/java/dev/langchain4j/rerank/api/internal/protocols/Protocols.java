package dev.langchain4j.rerank.api.internal.protocols;

import dev.langchain4j.rerank.api.protocol.RerankProtocol;

/** The protocols of the providers that are built in: one factory for each. */
public final class Protocols {

    private Protocols() {}

    /** Cohere, v2. */
    public static RerankProtocol cohere() {
        return new CohereProtocol();
    }

    /** Cohere, v1. */
    public static RerankProtocol cohereV1() {
        return new CohereV1Protocol();
    }

    /** Jina AI. */
    public static RerankProtocol jina() {
        return new JinaProtocol();
    }

    /** Voyage AI. */
    public static RerankProtocol voyage() {
        return new VoyageProtocol();
    }

    /** Hugging Face Text Embeddings Inference. */
    public static RerankProtocol tei() {
        return new TeiProtocol();
    }

    /** vLLM and other servers with the flat request of Cohere and Jina. */
    public static RerankProtocol vllm() {
        return new VllmProtocol();
    }

    /** Infinity. */
    public static RerankProtocol infinity() {
        return new InfinityProtocol();
    }

    /** DJL Serving, with the name that the model is served under. */
    public static RerankProtocol djlServing(String modelName) {
        return new DjlServingProtocol(modelName);
    }

    /** llama.cpp's server. */
    public static RerankProtocol llamaCpp() {
        return new LlamaCppProtocol();
    }

    /** Mixedbread. */
    public static RerankProtocol mixedbread() {
        return new MixedbreadProtocol();
    }

    /** NVIDIA NIM. */
    public static RerankProtocol nvidiaNim() {
        return new NvidiaNimProtocol();
    }

    /** Amazon Bedrock in one region. */
    public static RerankProtocol bedrock(String region) {
        return new BedrockProtocol(region);
    }

    /** Google Vertex AI Ranking in one project. */
    public static RerankProtocol vertex(String project) {
        return new VertexProtocol(project);
    }

    /** Cohere on Azure AI Foundry. */
    public static RerankProtocol azureCohere() {
        return new AzureCohereProtocol();
    }

    /** Alibaba's DashScope. */
    public static RerankProtocol dashScope() {
        return new DashScopeProtocol();
    }

    /** SiliconFlow. */
    public static RerankProtocol siliconFlow() {
        return new SiliconFlowProtocol();
    }

    /** Together AI. */
    public static RerankProtocol together() {
        return new TogetherProtocol();
    }

    /** Pinecone Inference. */
    public static RerankProtocol pinecone() {
        return new PineconeProtocol();
    }

    /** ZeroEntropy. */
    public static RerankProtocol zeroEntropy() {
        return new ZeroEntropyProtocol();
    }

    /** OpenRouter. */
    public static RerankProtocol openRouter() {
        return new OpenRouterProtocol();
    }

    /** Xinference. */
    public static RerankProtocol xinference() {
        return new XinferenceProtocol();
    }

    /** Contextual AI. */
    public static RerankProtocol contextual() {
        return new ContextualProtocol();
    }

    /** IBM watsonx.ai in one region. */
    public static RerankProtocol watsonx(String region) {
        return new WatsonxProtocol(region);
    }

    /** An inference endpoint of Elasticsearch, by its id. */
    public static RerankProtocol elastic(String inferenceId) {
        return new ElasticProtocol(inferenceId);
    }

    // tag::isaacus
    /** Isaacus. */
    public static RerankProtocol isaacus() {
        return new IsaacusProtocol();
    }
    // end::isaacus
}
