package dev.langchain4j.rerank.api;

class VoyageProtocolTest extends RerankProtocolContract {

    VoyageProtocolTest() {
        super("voyage", ApiScoringModel::voyage);
        sends("request.json", model -> model);
        sends(
                "request-top-k.json",
                model -> model.modelName("rerank-2.5-lite")
                        .parameter("return_documents", null)
                        .parameter("truncation", false));
    }
}
