package dev.langchain4j.rerank.api;

class OpenRouterProtocolTest extends RerankProtocolContract {

    OpenRouterProtocolTest() {
        super("openrouter", () -> ApiScoringModel.openRouter().modelName("cohere/rerank-v3.5"));
        sends("request.json", model -> model);
    }
}
