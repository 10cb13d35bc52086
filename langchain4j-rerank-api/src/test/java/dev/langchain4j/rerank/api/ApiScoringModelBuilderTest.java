package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiScoringModelBuilderTest {

    @Test
    void refuses_a_bad_value_at_once() {
        ApiScoringModel.Builder model = ApiScoringModel.cohere();

        assertRefused(
                () -> model.apiKey(" "),
                "apiKey is blank: pass a key, or leave it out to read it from the environment variable CO_API_KEY or COHERE_API_KEY");
        assertRefused(
                () -> model.modelName(""),
                "modelName is blank: pass the name of a model, or leave it out for rerank-v4.0-pro");
        assertRefused(() -> model.timeout(Duration.ZERO), "timeout must be above zero, got PT0S");
        assertRefused(() -> model.deadline(Duration.ofSeconds(-1)), "deadline must be above zero, got PT-1S");
        assertRefused(() -> model.maxRetries(-1), "maxRetries must be at least 0, got -1");
        assertRefused(() -> model.maxConcurrentRequests(0), "maxConcurrentRequests must be at least 1, got 0");
        assertRefused(() -> model.maxDocumentsPerRequest(0), "maxDocumentsPerRequest must be at least 1, got 0");
        assertRefused(() -> model.maxRequestsPerMinute(0), "maxRequestsPerMinute must be at least 1, got 0");
        assertRefused(() -> model.maxDocumentsPerMinute(0), "maxDocumentsPerMinute must be at least 1, got 0");
        assertRefused(() -> model.maxResponseBytes(0), "maxResponseBytes must be at least 1, got 0");
    }

    static Stream<Arguments> nulls() {
        ApiScoringModel.Builder model = ApiScoringModel.cohere();
        return Stream.of(
                refusal(
                        () -> model.apiKey(null),
                        "apiKey is null: pass a key, or leave it out to read it from the environment variable CO_API_KEY"
                                + " or COHERE_API_KEY"),
                refusal(
                        () -> ApiScoringModel.xinference().apiKey(null),
                        "apiKey is null: pass a key, or leave it out to send none"),
                refusal(
                        () -> model.accessToken(null),
                        "accessToken is null: pass a supplier of tokens, or leave it out to send the API key"),
                refusal(
                        () -> model.modelName(null),
                        "modelName is null: pass the name of a model, or leave it out for rerank-v4.0-pro"),
                refusal(
                        () -> ApiScoringModel.together().modelName(null),
                        "modelName is null: pass the name of a model"),
                refusal(
                        () -> model.baseUrl(null),
                        "baseUrl is null: pass a URL, or leave it out for https://api.cohere.com/v2/rerank"),
                refusal(
                        () -> ApiScoringModel.builder(new Bare()).baseUrl(null),
                        "baseUrl is null: pass the URL of your server"),
                refusal(
                        () -> model.url(null),
                        "url is null: pass the whole URL, or leave it out: then baseUrl and the provider's path are joined"),
                refusal(() -> model.timeout(null), "timeout is null: pass a duration above zero"),
                refusal(() -> model.deadline(null), "deadline is null: pass a duration above zero"),
                refusal(
                        () -> model.customHeaders(null),
                        "customHeaders is null: pass a map, or leave it out to add no headers"),
                refusal(
                        () -> model.customHeaders(Collections.singletonMap("X-Team", null)),
                        "customHeaders holds null for X-Team: pass a value or leave it out"),
                refusal(
                        () -> model.customHeaders(Collections.singletonMap(null, "search")),
                        "customHeaders holds null, which cannot be the name of a header"),
                refusal(
                        () -> model.parameter(null, 1),
                        "parameter is null: pass the name of a field of the request body"),
                refusal(() -> model.blankDocuments(null), "blankDocuments is null: pass REFUSE or SCORE_LOWEST"),
                refusal(
                        () -> model.scoreScale(null),
                        "scoreScale is null: pass LOGIT, PROBABILITY or RELATIVE, or leave it out for the protocol's scale"),
                refusal(
                        () -> model.okHttpClient(null),
                        "okHttpClient is null: pass a client, or leave it out for one of the model's own"),
                refusal(() -> ApiScoringModel.builder(null), "protocol is null: pass the protocol of your service"),
                refusal(
                        () -> ApiScoringModel.bedrock(null),
                        "region must be letters, digits and any of . _ : - only, got null"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void refuses_null_with_the_name_of_the_option_and_a_remedy(String message, ThrowingCallable call) {
        assertInvalid(message.substring(0, message.indexOf(' ')), call, message);
    }

    @Test
    void refuses_a_url_at_once_without_repeating_it() {
        ApiScoringModel.Builder model = ApiScoringModel.cohere();

        assertInvalid(
                "baseUrl",
                () -> model.baseUrl("canary"),
                "baseUrl must begin with http:// or https:// and have a host");
        assertInvalid("url", () -> model.url("canary"), "url must begin with http:// or https:// and have a host");
    }

    @Test
    void refuses_the_name_of_a_header_that_is_none() {
        assertInvalid(
                "customHeaders",
                () -> ApiScoringModel.cohere().customHeaders(Map.of("X Team", "search")),
                "customHeaders holds X Team, which cannot be the name of a header");
    }

    @Test
    void names_the_environment_variable_whose_key_cannot_be_sent() {
        assertInvalid(
                "apiKey",
                ApiScoringModel.cohere().environment(Map.of("CO_API_KEY", "canary\n")::get)::build,
                "environment variable CO_API_KEY must be printable ASCII, but is not at character 6 of 7 (a line break at the"
                        + " end?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"top_n", "top_k", "topN", "topK", "numberOfResults"})
    void refuses_a_parameter_that_would_lose_scores(String parameter) {
        assertRefused(
                () -> ApiScoringModel.cohere().parameter(parameter, 5),
                "parameter must not be %s: a scoring model scores everything; use topK of the reranker"
                        .formatted(parameter));
    }

    @Test
    void refuses_a_key_with_a_line_break_without_repeating_it() {
        assertRefused(
                () -> ApiScoringModel.cohere().apiKey("canary\n"),
                "apiKey must be printable ASCII, but is not at character 6 of 7 (a line break at the end?)");
        assertRefused(
                () -> ApiScoringModel.cohere().customHeaders(Map.of("X-Auth", "canary\u00e4")),
                "the value of X-Auth in customHeaders must be printable ASCII, but is not at character 6 of 7 (a line break at the end?)");
    }

    @Test
    void needs_a_key_where_the_provider_does() {
        ApiScoringModel.Builder model = ApiScoringModel.cohere();

        assertInvalid(
                "apiKey",
                model.environment(variable -> null)::build,
                "Cohere needs a key: set apiKey, or the environment variable CO_API_KEY or COHERE_API_KEY");
        assertInvalid(
                "apiKey",
                model.environment(variable -> " ")::build,
                "Cohere needs a key: set apiKey, or the environment variable CO_API_KEY or COHERE_API_KEY");
    }

    @Test
    void needs_a_model_and_an_address_where_the_provider_has_none() {
        RerankProtocol bare = new Bare();

        assertInvalid(
                "modelName",
                ApiScoringModel.builder(bare).baseUrl("https://host")::build,
                "Bare needs a model: set modelName");
        assertInvalid(
                "baseUrl",
                ApiScoringModel.builder(bare).modelName("m")::build,
                "Bare has no URL of its own: set baseUrl");
    }

    @Test
    void takes_the_key_from_the_first_environment_variable_that_is_set() throws Exception {
        assertThat(authorization(ApiScoringModel.cohere()
                        .environment(Map.of("CO_API_KEY", "first", "COHERE_API_KEY", "second")::get)))
                .isEqualTo("Bearer first");
        assertThat(authorization(ApiScoringModel.cohere().environment(Map.of("COHERE_API_KEY", "second")::get)))
                .isEqualTo("Bearer second");
        assertThat(authorization(ApiScoringModel.cohere()
                        .environment(Map.of("CO_API_KEY", "first")::get)
                        .apiKey("given")))
                .isEqualTo("Bearer given");
    }

    @Test
    void sends_no_header_without_a_key() throws Exception {
        assertThat(authorization(ApiScoringModel.tei().environment(variable -> null)))
                .isNull();
    }

    @Test
    void sends_a_token_before_a_key() throws Exception {
        assertThat(authorization(ApiScoringModel.cohere().apiKey("key").accessToken(() -> "token")))
                .isEqualTo("Bearer token");
    }

    @Test
    void refuses_to_send_a_key_in_the_clear() {
        String message = "%s would send a key unencrypted to rerank.example: use https in %s,"
                + " or set allowCleartextKey to true";
        String cleartext = "http://rerank.example";

        assertInvalid(
                "baseUrl",
                ApiScoringModel.cohere().apiKey("key").baseUrl(cleartext)::build,
                message.formatted("Cohere", "baseUrl"));
        assertInvalid(
                "url",
                ApiScoringModel.tei().accessToken(() -> "token").url(cleartext)::build,
                message.formatted("TEI", "url"));
        assertInvalid(
                "baseUrl",
                ApiScoringModel.tei().baseUrl(cleartext).customHeaders(Map.of("api-key", "key"))::build,
                message.formatted("TEI", "baseUrl"));
    }

    @Test
    void sends_a_key_in_the_clear_to_this_machine_or_when_told_to() {
        for (String base : List.of("http://localhost:8080", "http://127.0.0.2", "http://[::1]:80")) {
            ApiScoringModel.cohere().apiKey("key").baseUrl(base).build().close();
        }
        ApiScoringModel.cohere()
                .apiKey("key")
                .baseUrl("http://rerank.example")
                .allowCleartextKey(true)
                .build()
                .close();
    }

    @Test
    void leaves_an_optional_key_of_the_environment_at_home_rather_than_send_it_in_the_clear() {
        ApiScoringModel.tei()
                .environment(Map.of("HF_TOKEN", "secret")::get)
                .baseUrl("http://rerank.example")
                .build()
                .close();
    }

    @Test
    void merges_parameters_into_the_body() throws Exception {
        JsonNode body = body(ApiScoringModel.tei()
                .parameter("truncate", null)
                .parameter("truncation_direction", "Left")
                .parameter("options", Map.of("a", 1)));

        assertThat(body.has("truncate")).isFalse();
        assertThat(body.path("truncation_direction").textValue()).isEqualTo("Left");
        assertThat(body.path("options").path("a").intValue()).isEqualTo(1);
        assertThat(body.path("raw_scores").isBoolean()).isTrue();
    }

    @Test
    void sends_custom_headers_and_lets_them_win() throws Exception {
        RecordedRequest request = sent(ApiScoringModel.cohere()
                .apiKey("key")
                .customHeaders(Map.of("Authorization", "Custom scheme", "X-Client-Name", "me")));

        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Custom scheme");
        assertThat(request.getHeaders().get("X-Client-Name")).isEqualTo("me");
    }

    @Test
    void goes_to_exactly_the_url_that_is_given() throws Exception {
        try (StubService service = new StubService();
                ApiScoringModel model = service.model()
                        .url(service.server().url("/odd/path").toString())
                        .build()) {
            model.score("a document", "a query");

            assertThat(service.server().takeRequest().getTarget()).isEqualTo("/odd/path");
        }
    }

    @Test
    void says_the_scale_of_the_protocol_unless_the_user_knows_better() {
        try (ApiScoringModel probability = ApiScoringModel.tei().build();
                ApiScoringModel logit =
                        ApiScoringModel.tei().scoreScale(ScoreScale.LOGIT).build()) {
            assertThat(probability.scoreScale()).isEqualTo(ScoreScale.PROBABILITY);
            assertThat(logit.scoreScale()).isEqualTo(ScoreScale.LOGIT);
        }
    }

    @Test
    void never_splits_what_a_listwise_model_scores() {
        List<TextSegment> documents = IntStream.range(0, 11)
                .mapToObj(i -> TextSegment.from("document " + i))
                .toList();
        try (StubService service = new StubService();
                ApiScoringModel model = ApiScoringModel.jina()
                        .apiKey("key")
                        .modelName("jina-reranker-v3")
                        .baseUrl(service.server().url("/v1").toString())
                        .maxDocumentsPerRequest(10)
                        .build()) {
            assertThat(model.listwise()).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.scoreAll(documents, "a query"))
                    .withMessage(
                            "Jina jina-reranker-v3 at %s scores a list as a whole and takes at most 10 documents,"
                                    + " got 11; rank fewer candidates",
                            service.server().url("/v1/rerank"));
            assertThat(model.scoreAll(documents.subList(0, 10), "a query").content())
                    .hasSize(10);
            assertThat(service.requests()).isEqualTo(1);
        }
    }

    @Test
    void refuses_a_value_that_is_no_json() {
        assertInvalid(
                "parameter",
                () -> ApiScoringModel.tei().parameter("options", new Object()),
                "parameter options is java.lang.Object, which cannot be written as JSON: pass text, numbers, lists or maps");
    }

    private static void assertRefused(ThrowingCallable option, String message) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(option)
                .withMessage(message);
    }

    private static void assertInvalid(String option, ThrowingCallable call, String message) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(call)
                .withMessage(message)
                .extracting(InvalidOptionException::option)
                .isEqualTo(option);
    }

    private static String authorization(ApiScoringModel.Builder builder) throws Exception {
        return sent(builder).getHeaders().get("Authorization");
    }

    private static JsonNode body(ApiScoringModel.Builder builder) throws Exception {
        return Fixtures.read(sent(builder).getBody().utf8());
    }

    /** What a model sends to a service that refuses it. */
    private static RecordedRequest sent(ApiScoringModel.Builder builder) throws Exception {
        try (StubService service = new StubService().failing(request -> StubService.status(400));
                ApiScoringModel model =
                        builder.baseUrl(service.server().url("/").toString()).build()) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.score("a document", "a query"));
            return service.server().takeRequest();
        }
    }

    /** A service without anything of its own. */
    private static final class Bare implements RerankProtocol {

        @Override
        public String name() {
            return "Bare";
        }

        @Override
        public String defaultUrl() {
            return "/rerank";
        }

        @Override
        public boolean modelRequired() {
            return true;
        }

        @Override
        public void writeRequest(ObjectNode body, Request request) {}

        @Override
        public List<Scored> readScores(JsonNode answer) {
            return List.of();
        }

        @Override
        public ScoreScale scoreScale() {
            return ScoreScale.RELATIVE;
        }
    }
}
