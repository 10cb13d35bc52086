package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;

class DashScopeProtocolTest extends RerankProtocolContract {

    DashScopeProtocolTest() {
        super("dashscope", ApiScoringModel::dashScope);
        concerns(file -> !file.contains("-native"));
        sends(
                "request.json",
                model -> model.parameter("instruct", "Given a web search query, find passages that answer it."));
        refusesForGood("error-429-Throttling-AllocationQuota.json", RateLimitException.class);
        refuses("error-400-Arrearage.json", NonRetriableException.class);
        refuses("error-400-DataInspectionFailed.json", ContentFilteredException.class);
    }
}
