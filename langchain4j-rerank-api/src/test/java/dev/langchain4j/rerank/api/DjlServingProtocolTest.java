package dev.langchain4j.rerank.api;

class DjlServingProtocolTest extends RerankProtocolContract {

    DjlServingProtocolTest() {
        super("djl-serving", () -> ApiScoringModel.djlServing("reranker"));
        sends("request.json", model -> model);
    }
}
