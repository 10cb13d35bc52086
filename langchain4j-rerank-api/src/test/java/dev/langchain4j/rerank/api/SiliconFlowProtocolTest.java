package dev.langchain4j.rerank.api;

class SiliconFlowProtocolTest extends RerankProtocolContract {

    SiliconFlowProtocolTest() {
        super("siliconflow", ApiScoringModel::siliconFlow);
        sends("request.json", model -> model.parameter("instruction", "Rank passages that answer the question."));
        sends(
                "request-bge.json",
                model -> model.modelName("BAAI/bge-reranker-v2-m3")
                        .parameter("return_documents", true)
                        .parameter("max_chunks_per_doc", 1024)
                        .parameter("overlap_tokens", 80));
    }
}
