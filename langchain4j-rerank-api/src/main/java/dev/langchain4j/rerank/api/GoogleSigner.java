package dev.langchain4j.rerank.api;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;

/**
 * A signer with the tokens of Google credentials, which the library keeps and renews, and the project that is billed.
 */
final class GoogleSigner implements RequestSigner {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private final GoogleCredentials credentials;
    private final Executor executor;

    /**
     * Creates a signer.
     *
     * @param executor runs the requests for tokens
     */
    GoogleSigner(GoogleCredentials credentials, Executor executor) {
        this.credentials = credentials;
        this.executor = executor;
    }

    /**
     * Returns a signer with the application default credentials: a file named in the environment, those of gcloud, or
     * those of the machine.
     */
    static RequestSigner of(OkHttpClient client) {
        try {
            GoogleCredentials credentials =
                    GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
            return new GoogleSigner(credentials, client.dispatcher().executorService());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Vertex AI has no credentials: set up application default credentials or call accessToken(…)", e);
        }
    }

    @Override
    public CompletionStage<Map<String, String>> headers(URI url, byte[] body) {
        return CompletableFuture.supplyAsync(() -> headers(url), executor);
    }

    private Map<String, String> headers(URI url) {
        Map<String, String> headers = new TreeMap<>();
        try {
            credentials.getRequestMetadata(url).forEach((name, values) -> headers.put(name, String.join(",", values)));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
        return headers;
    }
}
