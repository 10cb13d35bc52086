package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.api.internal.protocols.Protocols;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class PineconeProtocolTest extends RerankProtocolContract {

    PineconeProtocolTest() {
        super("pinecone", ApiScoringModel::pinecone);
        sends("request.json", model -> model);
    }

    @Test
    void tells_a_quota_that_is_used_up_from_a_rate_limit() {
        Request request = new Request("query", List.of("document"), null);
        ErrorDetails quota = new ErrorDetails("no units left this month", "QUOTA_EXCEEDED", null);

        assertThat(Protocols.pinecone().errorKind(429, quota, request)).isEqualTo(ErrorKind.QUOTA);
    }
}
