package dev.langchain4j.rerank.api;

class MixedbreadProtocolTest extends RerankProtocolContract {

    MixedbreadProtocolTest() {
        super("mixedbread", ApiScoringModel::mixedbread);
        sends("request.json", model -> model);
    }
}
