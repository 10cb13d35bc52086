package dev.langchain4j.rerank.api;

class FireworksAsVoyageProtocolTest extends RerankProtocolContract {

    FireworksAsVoyageProtocolTest() {
        super("extras", ApiScoringModel::voyage);
        concerns(file -> file.startsWith("fireworks-"));
        sends(
                "fireworks-request.json",
                model -> model.modelName("fireworks/qwen3-reranker-8b").parameter("truncation", null));
    }
}
