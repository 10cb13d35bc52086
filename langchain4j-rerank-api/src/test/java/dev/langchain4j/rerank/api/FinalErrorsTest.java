package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.rerank.api.RerankProtocol.Request;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors that look as if they passed and do not: the request is not sent again. */
class FinalErrorsTest {

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(new DashScopeProtocol(), 429, "Throttling.AllocationQuota", ErrorKind.QUOTA),
                arguments(new PineconeProtocol(), 429, "QUOTA_EXCEEDED", ErrorKind.QUOTA),
                arguments(new BedrockProtocol("us-west-2"), 400, "ServiceQuotaExceededException", ErrorKind.QUOTA),
                arguments(new DjlServingProtocol("m"), 409, "IllegalArgumentException", ErrorKind.INVALID_REQUEST));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void are_told_from_those_that_pass(RerankProtocol protocol, int status, String code, ErrorKind kind) {
        Request request = new Request("query", List.of("document"), null);

        ErrorKind found = protocol.errorKind(status, new ErrorDetails("no", code, null), request);

        assertThat(found).isEqualTo(kind);
        assertThat(found.passing()).isFalse();
    }
}
