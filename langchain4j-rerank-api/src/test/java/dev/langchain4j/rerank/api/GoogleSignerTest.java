package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoogleSignerTest {

    private static final URI URL = URI.create("https://discoveryengine.googleapis.com/");

    @Test
    void sends_the_token_and_the_project_that_pays() {
        Map<String, String> headers = headers(new FakeCredentials("token"));

        assertThat(headers)
                .containsEntry("Authorization", "Bearer token")
                .containsEntry("x-goog-user-project", "payer");
    }

    @Test
    void fails_as_a_server_that_is_not_there_when_no_token_can_be_fetched() {
        assertThat(catchThrowable(() -> headers(new FakeCredentials(null))))
                .hasRootCauseExactlyInstanceOf(IOException.class)
                .hasRootCauseMessage("no token today");
    }

    private static Map<String, String> headers(GoogleCredentials credentials) {
        return new GoogleSigner(credentials, Runnable::run)
                .headers(URL, new byte[0])
                .toCompletableFuture()
                .join();
    }

    /** Credentials that need no server. */
    private static final class FakeCredentials extends GoogleCredentials {

        private static final long serialVersionUID = 1L;

        private final @Nullable String token;

        FakeCredentials(@Nullable String token) {
            super(GoogleCredentials.newBuilder().setQuotaProjectId("payer"));
            this.token = token;
        }

        @Override
        public AccessToken refreshAccessToken() throws IOException {
            if (token == null) {
                throw new IOException("no token today");
            }
            return new AccessToken(token, Date.from(Instant.now().plus(Duration.ofHours(1))));
        }
    }
}
