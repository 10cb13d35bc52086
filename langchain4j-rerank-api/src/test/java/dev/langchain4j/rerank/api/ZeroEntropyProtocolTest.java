package dev.langchain4j.rerank.api;

class ZeroEntropyProtocolTest extends RerankProtocolContract {

    ZeroEntropyProtocolTest() {
        super("zeroentropy", ApiScoringModel::zeroEntropy);
        sends("request.json", model -> model);
        sends("request-fast.json", model -> model.modelName("zerank-1-small").parameter("latency", "fast"));
    }
}
