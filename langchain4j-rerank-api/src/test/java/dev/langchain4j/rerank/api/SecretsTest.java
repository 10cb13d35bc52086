package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.segment.TextSegment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Neither keys nor texts get into messages, causes, logs or toString, whatever a server sends back. */
class SecretsTest {

    private static final String KEY = "canary-key-4711";
    private static final String DOCUMENT = "the canary document that nobody else may read";
    private static final String QUERY = "the canary query of a private person";

    private final StubService service = new StubService();
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void catch_the_log() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop_service() {
        System.setErr(err);
        service.close();
    }

    static Stream<MockResponse> answers() {
        String echo = "\"%s %s %s\"".formatted(KEY, DOCUMENT, QUERY);
        return Stream.of(
                        "{\"detail\": [{\"loc\": [\"body\", 0], \"msg\": \"too long\", \"input\": %s}]}",
                        "{\"message\": %s}",
                        "{\"error\": {\"message\": \"bad\", \"code\": %s}}",
                        "{\"results\": [{\"index\": 0, \"document\": %s}]}",
                        "{\"results\": [{\"index\": %s, \"relevance_score\": 1}]}",
                        "{\"results\": [",
                        "%s")
                .map(body -> body.replace("%s", echo))
                .flatMap(body -> Stream.of(200, 400, 401, 429, 500)
                        .map(status -> new MockResponse.Builder()
                                .code(status)
                                .addHeader("x-request-id", "harmless")
                                .addHeader("set-cookie", KEY)
                                .body(body)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void stay_out_of_failures_and_logs(MockResponse answer) {
        service.failing(request -> answer);

        assertNothingTold(model -> model.apiKey(KEY));
    }

    static Stream<UnaryOperator<ApiScoringModel.Builder>> keys() {
        return Stream.of(
                model -> model.apiKey(KEY),
                model -> model.customHeaders(Map.of("X-Odd-Name", KEY)),
                model -> model.customHeaders(Map.of("api-key", KEY)),
                model -> model.accessToken(() -> KEY));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void stay_out_however_the_key_is_sent(UnaryOperator<ApiScoringModel.Builder> key) {
        service.failing(request -> StubService.status(401));
        assertNothingTold(key);

        service.failing(request -> new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        assertNothingTold(key);
    }

    @Test
    void stay_out_of_the_address_too() {
        service.failing(request -> StubService.status(404));
        HttpUrl url = service.server()
                .url("/rerank")
                .newBuilder()
                .password(KEY)
                .addQueryParameter("code", KEY)
                .build();

        assertNothingTold(model -> model.url(url.toString()));
    }

    @Test
    void are_shown_where_the_user_asks_for_them_but_never_the_key() {
        try (ApiScoringModel model = logging(service.model().apiKey(KEY).logDocuments(true))) {
            model.score(DOCUMENT, QUERY);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains(DOCUMENT, QUERY)
                .doesNotContain(KEY);
    }

    @Test
    void requests_and_answers_are_logged_without_them() {
        try (ApiScoringModel model = logging(service.model().apiKey(KEY))) {
            model.score(DOCUMENT, QUERY);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Cohere: POST " + service.server().url("/v2/rerank") + ", attempt 1, 1 documents")
                .contains("Authorization: ***")
                .contains("Cohere: HTTP 200");
    }

    private void assertNothingTold(UnaryOperator<ApiScoringModel.Builder> options) {
        StringWriter told = new StringWriter();
        try (ApiScoringModel model = logging(options.apply(service.model()))) {
            Throwable thrown = catchThrowable(() -> model.scoreAll(List.of(TextSegment.from(DOCUMENT)), QUERY));

            assertThat(thrown).isNotNull();
            thrown.printStackTrace(new PrintWriter(told, true));
            told.append(model.toString());
        }
        told.append(log.toString(StandardCharsets.UTF_8));

        assertThat(told.toString()).doesNotContain(KEY).doesNotContain(DOCUMENT).doesNotContain(QUERY);
        assertThat(log.size()).as("something was logged").isPositive();
    }

    private static ApiScoringModel logging(ApiScoringModel.Builder builder) {
        return builder.logRequests(true).logResponses(true).build();
    }
}
