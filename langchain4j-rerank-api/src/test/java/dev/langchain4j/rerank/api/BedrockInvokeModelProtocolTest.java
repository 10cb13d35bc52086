package dev.langchain4j.rerank.api;

class BedrockInvokeModelProtocolTest extends RerankProtocolContract {

    BedrockInvokeModelProtocolTest() {
        super("bedrock", ApiScoringModel::cohere);
        concerns(file -> file.equals("response-invoke-model.json"));
    }
}
