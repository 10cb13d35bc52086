package dev.langchain4j.rerank.local.msmarcominilml12v2q;

import dev.langchain4j.rerank.testkit.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {

    @Test
    void the_api_is_as_reviewed() {
        PublicApi.assertUnchanged(MsMarcoMiniLmL12V2QuantizedScoringModel.class);
    }
}
