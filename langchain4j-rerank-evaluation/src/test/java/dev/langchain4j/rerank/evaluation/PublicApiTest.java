package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.rerank.testkit.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {

    @Test
    void the_api_is_as_reviewed() {
        PublicApi.assertUnchanged(Evaluation.class);
    }
}
