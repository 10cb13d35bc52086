package dev.langchain4j.rerank.api;

class WatsonxProtocolTest extends RerankProtocolContract {

    WatsonxProtocolTest() {
        super("watsonx", () -> ApiScoringModel.watsonx("us-south").accessToken(() -> KEY));
        sends("request.json", model -> model.parameter("project_id", "00000000-0000-4000-8000-000000000001"));
    }
}
