package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.rerank.InvalidOptionException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IamSignerTest {

    private static final URI URL = URI.create("https://us-south.ml.cloud.ibm.com/");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration RESERVE = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final MockWebServer server = new MockWebServer();
    private IamSigner signer;

    @BeforeEach
    void start() throws IOException {
        server.start();
        signer = new IamSigner("key/+", new OkHttpClient(), server.url("/identity/token"), now::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void exchanges_the_key_for_a_token() throws Exception {
        server.enqueue(token("first"));

        assertThat(authorization()).isEqualTo("Bearer first");

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/identity/token");
        assertThat(request.getBody().utf8())
                .isEqualTo("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=key%2F%2B");
    }

    @Test
    void keeps_a_token_until_a_minute_before_it_expires() throws Exception {
        server.enqueue(token("first"));
        server.enqueue(token("second"));

        assertThat(authorization()).isEqualTo("Bearer first");
        now.set(START.plus(LIFE).minus(RESERVE).minusSeconds(1));
        assertThat(authorization()).isEqualTo("Bearer first");
        now.set(START.plus(LIFE).minus(RESERVE));
        assertThat(authorization()).isEqualTo("Bearer second");
    }

    @Test
    void exchanges_once_for_requests_at_the_same_time() throws Exception {
        server.enqueue(token("first"));

        CompletionStage<Map<String, String>> one = signer.headers(URL, new byte[0]);
        CompletionStage<Map<String, String>> other = signer.headers(URL, new byte[0]);

        assertThat(authorization(one)).isEqualTo("Bearer first");
        assertThat(authorization(other)).isEqualTo("Bearer first");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asks_for_another_token_when_the_service_refused_an_old_one() throws Exception {
        server.enqueue(token("first"));
        server.enqueue(token("second"));

        assertThat(authorization()).isEqualTo("Bearer first");
        now.set(START.plus(RESERVE));
        assertThat(signer.renew()).isTrue();
        assertThat(authorization()).isEqualTo("Bearer second");
    }

    @Test
    void asks_for_no_other_token_when_the_service_refused_a_new_one() throws Exception {
        server.enqueue(token("first"));

        assertThat(authorization()).isEqualTo("Bearer first");
        now.set(START.plus(RESERVE).minusMillis(1));
        assertThat(signer.renew()).isFalse();
        assertThat(authorization()).isEqualTo("Bearer first");
    }

    @Test
    void says_why_a_key_got_no_token() {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("{\"errorCode\": \"BXNIM0415E\", \"errorMessage\": \"Provided API key could not be found.\"}")
                .build());

        assertThat(failure())
                .isExactlyInstanceOf(AuthenticationException.class)
                .hasMessage("watsonx: IBM Cloud IAM returned no token, but HTTP 400: "
                        + "Provided API key could not be found. (code BXNIM0415E)");
    }

    @Test
    void tries_again_after_a_failure_that_passes() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());
        server.enqueue(token("first"));

        assertThat(failure())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("watsonx: IBM Cloud IAM returned no token, but HTTP 503");
        assertThat(authorization()).isEqualTo("Bearer first");
    }

    @Test
    void takes_the_key_to_no_other_place() {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", server.url("/elsewhere"))
                .build());

        assertThat(failure())
                .isExactlyInstanceOf(AuthenticationException.class)
                .hasMessage("watsonx: IBM Cloud IAM returned no token, but HTTP 307");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void an_answer_without_a_token_is_told() {
        server.enqueue(new MockResponse.Builder().body("{}").build());

        assertThat(failure()).hasMessage("watsonx: IBM Cloud IAM returned no token, but HTTP 200");
    }

    @Test
    void a_model_without_a_key_says_how_to_give_one() {
        assertThatThrownBy(() -> ApiScoringModel.watsonx("us-south")
                        .environment(variable -> null)
                        .build())
                .isExactlyInstanceOf(InvalidOptionException.class)
                .hasMessage(
                        "watsonx needs a key: set apiKey, or the environment variable WATSONX_API_KEY or WATSONX_APIKEY");
    }

    private String authorization() throws Exception {
        return authorization(signer.headers(URL, new byte[0]));
    }

    private static String authorization(CompletionStage<Map<String, String>> headers) throws Exception {
        return headers.toCompletableFuture().get(10, TimeUnit.SECONDS).get("Authorization");
    }

    private Throwable failure() {
        return ((ExecutionException) catchThrowable(this::authorization)).getCause();
    }

    private static MockResponse token(String value) {
        String body = "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": %d}";
        return new MockResponse.Builder()
                .body(body.formatted(value, LIFE.toSeconds()))
                .build();
    }
}
