package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubRefusalTest {

    @TempDir
    Path cache;

    private ServedModel model;

    @BeforeEach
    void serve() {
        model = new ServedModel(cache);
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void says_that_a_gated_model_needs_a_token() {
        // given
        model.server.gatedBy(ServedModel.TOKEN);

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        model.server.endpoint() + " answered HTTP 401 for the list of files of acme/tiny-reranker: the"
                                + " model is gated; accept its terms at " + model.server.endpoint()
                                + "/acme/tiny-reranker and set"
                                + " HF_TOKEN to a token of that account");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    401 | | false | ModelNotFound | there is no such model, or it is private; check the spelling and HF_TOKEN
                    401 | RepoNotFound | true | ModelNotFound | there is no such model, or it is private; check the spelling and HF_TOKEN
                    401 | | true | Authentication | the token is not valid, or there is no such model; check HF_TOKEN and the spelling
                    401 | GatedRepo | false | Authentication | the model is gated; accept its terms at %1$s/acme/tiny-reranker and set HF_TOKEN to a token of that account
                    403 | GatedRepo | true | Authentication | the model is gated; accept its terms at %1$s/acme/tiny-reranker and set HF_TOKEN to a token of that account
                    403 | | true | Authentication | access is not granted; set HF_TOKEN to a token that may read it, or ask for access at %1$s/acme/tiny-reranker
                    404 | RepoNotFound | true | ModelNotFound | there is none; check the spelling, and that the token may read it if it is private
                    404 | RevisionNotFound | false | ModelNotFound | there is no revision "main"; the revisions are listed at %1$s/acme/tiny-reranker/tree/main
                    """)
    void says_what_to_do_about_a_refusal(
            int status, @Nullable String code, boolean withToken, String type, String advice) {
        // given
        model.server.next("GET", "/api/", FakeHub.status(status, "X-Error-Code", code == null ? "" : code));

        // when
        ThrowingCallable download = withToken ? model::downloadWithToken : model::download;

        // then
        assertThatThrownBy(download)
                .satisfies(failure ->
                        assertThat(failure.getClass().getSimpleName()).isEqualTo(type + "Exception"))
                .hasMessage("%1$s answered HTTP %2$s for the list of files of acme/tiny-reranker: %3$s"
                        .formatted(model.server.endpoint(), status, advice.formatted(model.server.endpoint())));
        assertThat(model.waits).isEmpty();
    }

    @Test
    void says_that_a_hub_asks_to_wait_too_long() {
        // given
        model.server.next("GET", "/api/", FakeHub.status(429, "Retry-After", "300"));

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(RateLimitException.class)
                .hasMessage(
                        model.server.endpoint() + " answered HTTP 429 for the list of files of acme/tiny-reranker: too"
                                + " many requests (asked to wait: 300); try later, or set HF_TOKEN for a higher limit");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void says_that_a_hub_is_down(int status) {
        // given
        for (int attempt = 0; attempt < HubRetry.MAX_ATTEMPTS; attempt++) {
            model.server.next("GET", "/api/", FakeHub.status(status));
        }

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(InternalServerException.class)
                .hasMessage(model.server.endpoint() + " answered HTTP " + status + " for the list of files of"
                        + " acme/tiny-reranker; try later, or use cached models with offline(true)");
        assertThat(model.waits).hasSize(HubRetry.MAX_ATTEMPTS - 1);
    }

    @Test
    void says_that_a_request_was_wrong() {
        // given
        model.server.next("GET", "/api/", FakeHub.status(400));

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(model.server.endpoint() + " answered HTTP 400 for the list of files of acme/tiny-reranker");
    }

    @Test
    void does_not_blame_the_token_for_a_refusal_by_the_store() {
        // given
        model.server.next("GET", "/store/", FakeHub.status(403));

        // when, then
        assertThatThrownBy(() -> model.downloadWithToken())
                .isInstanceOf(NonRetriableException.class)
                .hasMessage("http://" + model.server.storeAuthority() + " answered HTTP 403 for onnx/model.onnx of"
                        + " acme/tiny-reranker, which the hub redirected to; try later");
    }

    @Test
    void says_what_a_model_lacks_and_what_it_has() {
        assertThatThrownBy(() ->
                        new Hub(model.settings(), told -> {}).snapshot(ServedModel.MAIN, HubFileChoice.torchScript()))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("acme/tiny-reranker at main has no model.pt; the networks that it has:"
                        + " [onnx/model.onnx, onnx/model_O3.onnx]; choose another variant or engine, or export the"
                        + " model and use modelPath");
    }

    @Test
    void says_that_a_model_has_no_fast_tokenizer() {
        // given
        model.server.without("tokenizer.json");

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("acme/tiny-reranker at main has no tokenizer.json: save its fast tokenizer with"
                        + " transformers, put it beside the network and use modelPath");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a checksum", "\"d41d8cd98f00b204e9800998ecf8427e-38\""})
    void refuses_a_file_that_cannot_be_checked(String etag) {
        // given
        model.server.next("HEAD", "/resolve/", FakeHub.status(200, "ETag", etag, "X-Linked-Etag", etag));

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(NonRetriableException.class)
                .hasMessageContaining(": its ETag is neither a SHA-256 nor a git object id;");
    }

    @Test
    void refuses_a_file_of_another_commit() {
        // given
        model.server.next("HEAD", "/resolve/", FakeHub.status(200, "X-Repo-Commit", "e".repeat(40)));

        // when, then
        assertThatThrownBy(() -> model.download())
                .isInstanceOf(NonRetriableException.class)
                .hasMessageContaining(": it answers with another commit than the one asked for;");
    }

    @Test
    void shows_neither_token_nor_signature() {
        // given
        model.server.gatedBy(ServedModel.TOKEN);
        for (int attempt = 0; attempt < HubRetry.MAX_ATTEMPTS; attempt++) {
            model.server.next("GET", "/store/", FakeHub.status(500));
        }

        // when, then
        assertThatThrownBy(() -> model.downloadWithToken()).satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString())
                    .contains(model.server.storeAuthority())
                    .doesNotContain(ServedModel.TOKEN, "secret-signature");
        });
    }
}
