package dev.langchain4j.rerank.api;

class InfinityProtocolTest extends RerankProtocolContract {

    InfinityProtocolTest() {
        super("infinity", ApiScoringModel::infinity);
        sends("request.json", model -> model.modelName("mixedbread-ai/mxbai-rerank-xsmall-v1"));
    }
}
