package dev.langchain4j.rerank.api;

class ZhipuAsVllmProtocolTest extends RerankProtocolContract {

    ZhipuAsVllmProtocolTest() {
        super("extras", ApiScoringModel::vllm);
        concerns(file -> file.startsWith("zhipu-"));
        sends(
                "zhipu-request.json",
                model -> model.modelName("rerank")
                        .parameter("return_documents", false)
                        .parameter("return_raw_scores", false));
    }
}
