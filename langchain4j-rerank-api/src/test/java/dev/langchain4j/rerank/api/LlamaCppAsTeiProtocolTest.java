package dev.langchain4j.rerank.api;

class LlamaCppAsTeiProtocolTest extends RerankProtocolContract {

    LlamaCppAsTeiProtocolTest() {
        super("llama-cpp", ApiScoringModel::tei);
        concerns(file -> file.contains("-tei"));
        sends(
                "request-tei.json",
                model -> model.parameter("return_text", true)
                        .parameter("raw_scores", null)
                        .parameter("truncate", null));
    }
}
