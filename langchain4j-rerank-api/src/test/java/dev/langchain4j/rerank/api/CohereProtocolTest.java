package dev.langchain4j.rerank.api;

class CohereProtocolTest extends RerankProtocolContract {

    CohereProtocolTest() {
        super("cohere", ApiScoringModel::cohere);
        concerns(file -> !file.contains("-v1"));
        sends("request.json", model -> model.parameter("max_tokens_per_doc", 4096));
        sends("request-top-n.json", model -> model.modelName("rerank-v3.5"));
    }
}
