package dev.langchain4j.rerank.api;

class TogetherProtocolTest extends RerankProtocolContract {

    TogetherProtocolTest() {
        super("together", () -> ApiScoringModel.together().modelName("mixedbread-ai/Mxbai-Rerank-Large-V2"));
        sends("request.json", model -> model);
    }
}
