package dev.langchain4j.rerank.api;

class NvidiaNimProtocolTest extends RerankProtocolContract {

    NvidiaNimProtocolTest() {
        super("nvidia-nim", ApiScoringModel::nvidiaNim);
        sends("request.json", model -> model);
    }
}
