package dev.langchain4j.rerank.api;

class VllmProtocolTest extends RerankProtocolContract {

    VllmProtocolTest() {
        super("vllm", ApiScoringModel::vllm);
        sends("request.json", model -> model.modelName("BAAI/bge-reranker-v2-m3"));
        sends(
                "request-truncate.json",
                model -> model.modelName("BAAI/bge-reranker-v2-m3").parameter("truncate_prompt_tokens", 512));
    }
}
