package dev.langchain4j.rerank.api;

class XinferenceProtocolTest extends RerankProtocolContract {

    XinferenceProtocolTest() {
        super("xinference", () -> ApiScoringModel.xinference().modelName("bge-reranker-v2-m3"));
        sends("request.json", model -> model);
    }
}
