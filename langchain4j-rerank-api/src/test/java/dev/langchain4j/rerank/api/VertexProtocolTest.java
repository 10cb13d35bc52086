package dev.langchain4j.rerank.api;

class VertexProtocolTest extends RerankProtocolContract {

    VertexProtocolTest() {
        super("vertex-ranking", () -> ApiScoringModel.vertex("my-project"));
        sends("request.json", model -> model);
        refusesAnswer("response-details.json", "a score for index -1"); // ids that were never sent
    }
}
