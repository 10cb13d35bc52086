package dev.langchain4j.rerank.api;

import dev.langchain4j.rerank.api.own.DeepInfraProtocol;

class DeepInfraProtocolTest extends RerankProtocolContract {

    DeepInfraProtocolTest() {
        super("extras", () -> ApiScoringModel.builder(new DeepInfraProtocol("Qwen/Qwen3-Reranker-8B")));
        concerns(file -> file.startsWith("deepinfra-"));
        sends("deepinfra-request.json", model -> model);
    }
}
