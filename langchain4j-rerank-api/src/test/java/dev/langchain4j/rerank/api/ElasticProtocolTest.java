package dev.langchain4j.rerank.api;

import java.util.Map;

class ElasticProtocolTest extends RerankProtocolContract {

    ElasticProtocolTest() {
        super("elastic", () -> ApiScoringModel.elastic("my-rerank-endpoint"));
        sends("request.json", model -> model);
        sends(
                "request-task-settings.json",
                model -> model.parameter("return_documents", null).parameter("task_settings", Map.of("top_n", 3)));
    }
}
