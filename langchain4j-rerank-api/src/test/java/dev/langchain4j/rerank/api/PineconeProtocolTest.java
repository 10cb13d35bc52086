package dev.langchain4j.rerank.api;

class PineconeProtocolTest extends RerankProtocolContract {

    PineconeProtocolTest() {
        super("pinecone", ApiScoringModel::pinecone);
        sends("request.json", model -> model);
    }
}
