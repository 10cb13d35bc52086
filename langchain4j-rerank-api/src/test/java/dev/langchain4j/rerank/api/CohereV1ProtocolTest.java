package dev.langchain4j.rerank.api;

class CohereV1ProtocolTest extends RerankProtocolContract {

    CohereV1ProtocolTest() {
        super("cohere", ApiScoringModel::cohereV1);
        concerns(file -> file.contains("-v1") || file.startsWith("error-"));
    }
}
