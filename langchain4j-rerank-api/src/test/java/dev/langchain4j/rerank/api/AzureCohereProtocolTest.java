package dev.langchain4j.rerank.api;

class AzureCohereProtocolTest extends RerankProtocolContract {

    AzureCohereProtocolTest() {
        super("azure-cohere", ApiScoringModel::azureCohere);
        sends("request.json", model -> model);
    }
}
