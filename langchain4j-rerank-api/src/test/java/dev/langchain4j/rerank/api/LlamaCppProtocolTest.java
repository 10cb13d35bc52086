package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.api.internal.protocols.Protocols;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class LlamaCppProtocolTest extends RerankProtocolContract {

    private static final Request REQUEST = new Request("query", List.of("document"), null);

    LlamaCppProtocolTest() {
        super("llama-cpp", ApiScoringModel::llamaCpp);
        concerns(file -> !file.contains("-tei"));
        sends("request.json", model -> model.modelName("bge-reranker-v2-m3"));
    }

    @Test
    void sends_a_pair_that_is_too_long_no_second_time() {
        String message = "input (2011 tokens) is too large to process. increase the physical batch size";
        ErrorDetails tooLong = new ErrorDetails(message, "server_error", null);

        assertThat(Protocols.llamaCpp().errorKind(500, tooLong, REQUEST)).isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Test
    void takes_a_path_that_is_not_found_for_no_missing_model() {
        ErrorDetails notFound = new ErrorDetails("File Not Found", "not_found_error", null);

        assertThat(Protocols.llamaCpp().errorKind(404, notFound, REQUEST)).isEqualTo(ErrorKind.WRONG_PATH);
    }
}
