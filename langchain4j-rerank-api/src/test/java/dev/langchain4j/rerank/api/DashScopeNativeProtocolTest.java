package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;

class DashScopeNativeProtocolTest extends RerankProtocolContract {

    DashScopeNativeProtocolTest() {
        super("dashscope", () -> ApiScoringModel.dashScope().modelName("gte-rerank-v2"));
        concerns(file -> file.contains("-native") || file.startsWith("error-"));
        sends("request-native.json", model -> model);
        refusesForGood("error-429-Throttling-AllocationQuota.json", RateLimitException.class);
        refuses("error-400-Arrearage.json", NonRetriableException.class);
        refuses("error-400-DataInspectionFailed.json", ContentFilteredException.class);
    }
}
