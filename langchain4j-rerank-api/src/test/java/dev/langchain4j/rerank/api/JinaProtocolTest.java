package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.NonRetriableException;

class JinaProtocolTest extends RerankProtocolContract {

    JinaProtocolTest() {
        super("jina", ApiScoringModel::jina);
        sends("request.json", model -> model.modelName("jina-reranker-v3"));
        sends("request-v3_5.json", model -> model);
        sends(
                "request-v2.json",
                model -> model.modelName("jina-reranker-v2-base-multilingual").parameter("truncation", true));
        refuses("error-403-balance.json", NonRetriableException.class);
    }
}
