package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.InvalidRequestException;

class DjlServingProtocolTest extends RerankProtocolContract {

    DjlServingProtocolTest() {
        super("djl-serving", () -> ApiScoringModel.djlServing("reranker"));
        refusesForGood("error-409-illegal-argument.json", InvalidRequestException.class);
        sends("request.json", model -> model);
        refusesForGood("error-409-illegal-argument.json", InvalidRequestException.class);
    }
}
