package dev.langchain4j.rerank.api;

import java.util.List;

class ContextualProtocolTest extends RerankProtocolContract {

    ContextualProtocolTest() {
        super("contextual", ApiScoringModel::contextual);
        sends(
                "request.json",
                model -> model.parameter("instruction", "Prefer astronomy sources.")
                        .parameter("metadata", List.of("a", "b", "c")));
    }
}
