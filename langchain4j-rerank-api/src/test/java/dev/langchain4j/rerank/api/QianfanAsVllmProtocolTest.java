package dev.langchain4j.rerank.api;

class QianfanAsVllmProtocolTest extends RerankProtocolContract {

    QianfanAsVllmProtocolTest() {
        super("extras", ApiScoringModel::vllm);
        concerns(file -> file.startsWith("qianfan-"));
    }
}
