package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller reads when a call failed. */
class FailureMessageTest {

    private final StubService service = new StubService();
    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void stop_service() {
        service.close();
    }

    @Test
    void says_who_what_and_how_often() {
        answers(429, "{\"message\": \"trial key limit\", \"id\": \"3f0f\"}");

        assertThat(failure()).hasMessage("Cohere returned HTTP 429: trial key limit (request id 3f0f; attempt 3 of 3)");
    }

    @Test
    void says_how_long_the_service_wants_to_be_left_alone() {
        service.failing(request -> StubService.status(429, "Retry-After", "120"));

        assertThat(failure()).hasMessage("Cohere returned HTTP 429 (attempt 1 of 3; asked to wait 120 s)");
    }

    @Test
    void says_the_code_and_takes_the_request_id_from_a_header() {
        service.failing(request -> new MockResponse.Builder()
                .code(400)
                .addHeader("x-request-id", "req-7")
                .body("{\"detail\": \"too long\", \"code\": \"INPUT_TOKEN_LIMIT_EXCEEDED\"}")
                .build());

        assertThat(failure())
                .hasMessage("Cohere returned HTTP 400: too long"
                        + " (code INPUT_TOKEN_LIMIT_EXCEEDED; request id req-7; attempt 1 of 3)");
    }

    @Test
    void says_which_documents_were_refused_when_the_list_was_split() {
        answers(400, "{\"message\": \"no\"}");

        assertThat(failure(model -> model.maxDocumentsPerRequest(1).maxConcurrentRequests(1)))
                .hasMessage("Cohere returned HTTP 400: no (document 0; attempt 1 of 3)");
    }

    @Test
    void says_what_to_check() {
        answers(401, "{\"message\": \"no\"}");
        assertThat(failure())
                .hasMessage("Cohere returned HTTP 401: no; check the API key and what it may do (attempt 1 of 3)");

        answers(402, "{\"message\": \"no\"}");
        assertThat(failure())
                .hasMessage("Cohere returned HTTP 402: no; the account has no balance or has reached its limit"
                        + " (attempt 1 of 3)");

        answers(404, "{\"message\": \"unknown model id\"}");
        assertThat(failure(model -> model.modelName("rerank-v9")))
                .hasMessage("Cohere returned HTTP 404: unknown model id; check modelName, now rerank-v9"
                        + " (attempt 1 of 3)");

        answers(404, "<html>Not Found</html>");
        assertThat(failure())
                .hasMessage("Cohere returned HTTP 404; there is no endpoint at %s, check baseUrl (attempt 1 of 3)"
                        .formatted(service.server().url("/v2/rerank")));
    }

    @Test
    void tells_the_status_in_the_cause() {
        answers(503, "");

        assertThat(failure().getCause())
                .isInstanceOfSatisfying(
                        HttpException.class,
                        cause -> assertThat(cause.statusCode()).isEqualTo(503));
    }

    @Test
    void withholds_a_message_that_repeats_a_text() {
        answers(400, "{\"message\": \"cannot score 'Bananas contain potassium and other things.' at all\"}");

        assertThat(failure())
                .hasMessage("Cohere returned HTTP 400: its message is withheld, for it repeats the input"
                        + " (attempt 1 of 3)");
    }

    @Test
    void cuts_a_long_message_and_puts_it_on_one_line() {
        answers(400, "{\"message\": \"%s\"}".formatted("no\\n".repeat(1_000)));

        assertThat(failure())
                .message()
                .hasSizeLessThan(400)
                .startsWith("Cohere returned HTTP 400: no no no")
                .endsWith("… (attempt 1 of 3)")
                .doesNotContain("\n");
    }

    @Test
    void says_where_nobody_answered_in_time() {
        service.failing(request -> new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(failure(model -> model.timeout(Duration.ofMillis(50)).maxRetries(0)))
                .hasMessage("Cohere at %s did not respond within 50 ms or the rest of the deadline (attempt 1 of 1)"
                        .formatted(service.server().url("/v2/rerank")));
    }

    @Test
    void says_who_answered_what_cannot_be_used() {
        service.failing(request -> StubService.json("{\"results\": []}"));
        assertThat(failure()).hasMessage("Cohere returned no score for document 0 (0 scores for 2 documents)");

        service.failing(request -> StubService.json("nonsense"));
        assertThat(failure()).hasMessage("Cohere returned a body that is not valid JSON (8 bytes)");

        service.failing(request -> StubService.json("{\"error\": {\"message\": \"upstream failed\"}}"));
        assertThat(failure()).hasMessage("Cohere returned HTTP 200 with an error instead of scores: upstream failed");

        service.failing(request -> StubService.json(" ".repeat(101)));
        assertThat(failure(model -> model.maxResponseBytes(100)))
                .hasMessage("Cohere returned more than 100 bytes: raise maxResponseBytes");
    }

    @Test
    void leads_the_trace_to_the_caller() {
        answers(400, "");

        assertThat(failure().getStackTrace())
                .extracting(StackTraceElement::getClassName)
                .contains(FailureMessageTest.class.getName());
    }

    private void answers(int status, String body) {
        service.failing(
                request -> new MockResponse.Builder().code(status).body(body).build());
    }

    private Throwable failure() {
        return failure(model -> model);
    }

    private Throwable failure(UnaryOperator<ApiScoringModel.Builder> options) {
        List<TextSegment> documents = Stream.of("Bananas contain potassium and other things.", "Apples do not.")
                .map(TextSegment::from)
                .toList();
        try (ApiScoringModel model = options.apply(service.model().clocks(time)).build()) {
            return catchThrowable(() -> model.scoreAll(documents, "what do bananas contain?"));
        }
    }
}
