package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.ModelNotFoundException;

class TeiProtocolTest extends RerankProtocolContract {

    TeiProtocolTest() {
        super("tei", ApiScoringModel::tei);
        sends("request.json", model -> model.parameter("truncation_direction", "Right"));
        sends(
                "request-minimal.json",
                model -> model.parameter("raw_scores", null)
                        .parameter("return_text", null)
                        .parameter("truncate", null));
        refuses("error-424-not-a-reranker.json", ModelNotFoundException.class);
    }
}
