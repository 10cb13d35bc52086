package dev.langchain4j.rerank.api;

// tag::contract
class IsaacusProtocolTest extends RerankProtocolContract {

    private static final String CHUNKS = "{\"size\": 512, \"overlap_ratio\": 0.1, \"overlap_tokens\": null}";

    IsaacusProtocolTest() {
        super("isaacus", ApiScoringModel::isaacus);
        sends("request.json", model -> model);
        sends(
                "request-options.json",
                model -> model.modelName("kanon-universal-classifier")
                        .parameter("is_iql", false)
                        .parameter("scoring_method", "auto")
                        .parameter("chunking_options", Fixtures.read(CHUNKS)));
    }
}
// end::contract
