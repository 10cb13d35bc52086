package dev.langchain4j.rerank.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.rerank.api.protocol.ErrorDetails;
import dev.langchain4j.rerank.api.protocol.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A signer that exchanges an API key for tokens at IBM Cloud's IAM, <a
 * href="https://cloud.ibm.com/docs/iam?topic=iam-iamtoken_from_apikey">cloud.ibm.com/docs/iam</a>. A token is used for
 * all requests until shortly before it expires, or until the service refuses it.
 */
final class IamSigner implements RequestSigner {

    private static final HttpUrl IBM_CLOUD = HttpUrl.get("https://iam.cloud.ibm.com/identity/token");
    private static final String GRANT = "urn:ibm:params:oauth:grant-type:apikey";
    private static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(30);
    private static final long LARGEST_ANSWER = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Safety margin before the expiry, because requests take time to arrive. */
    private static final Duration RESERVE = Duration.ofMinutes(1);

    private final String apiKey;
    private final OkHttpClient client;
    private final HttpUrl tokenUrl;
    private final InstantSource clock;
    private @Nullable CompletableFuture<Token> token;

    IamSigner(String apiKey, OkHttpClient client, HttpUrl tokenUrl, InstantSource clock) {
        this.apiKey = apiKey;
        this.client = client.newBuilder()
                .followRedirects(false) // the redirect would receive the key
                .callTimeout(EXCHANGE_TIMEOUT)
                .build();
        this.tokenUrl = tokenUrl;
        this.clock = clock;
    }

    static RequestSigner of(@Nullable String apiKey, OkHttpClient client) {
        requireNonNull(apiKey, "a model without a key is not built");
        return new IamSigner(apiKey, client, IBM_CLOUD, InstantSource.system());
    }

    @Override
    public CompletionStage<Map<String, String>> headers(URI url, byte[] body) {
        return token().thenApply(valid -> Map.of("Authorization", "Bearer " + valid.value()));
    }

    /** If a fresh token was refused, renewing it will not help. */
    @Override
    public synchronized boolean renew() {
        if (token == null || !token.isDone() || token.isCompletedExceptionally()) {
            return true; // another request has renewed it already
        }
        if (clock.instant().isBefore(token.join().issued().plus(RESERVE))) {
            return false;
        }
        token = null;
        return true;
    }

    /** Returns the valid token, or the running exchange, or starts a new one. */
    private synchronized CompletableFuture<Token> token() {
        CompletableFuture<Token> known = token;
        if (known == null || known.isCompletedExceptionally() || (known.isDone() && expired(known.join()))) {
            known = exchange();
            token = known;
        }
        return known;
    }

    private boolean expired(Token known) {
        return !clock.instant().isBefore(known.expires().minus(RESERVE));
    }

    private CompletableFuture<Token> exchange() {
        CompletableFuture<Token> exchanged = new CompletableFuture<>();
        client.newCall(request()).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    exchanged.complete(read(response));
                } catch (IOException | RuntimeException e) {
                    exchanged.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                exchanged.completeExceptionally(e);
            }
        });
        return exchanged;
    }

    private Request request() {
        FormBody form = new FormBody.Builder()
                .add("grant_type", GRANT)
                .add("apikey", apiKey)
                .build();
        return new Request.Builder()
                .url(tokenUrl)
                .header("Accept", "application/json")
                .post(form)
                .build();
    }

    private Token read(Response response) throws IOException {
        JsonNode answer = parse(response.peekBody(LARGEST_ANSWER).bytes());
        String value = answer.path("access_token").textValue();
        if (response.code() == 200 && value != null) {
            Duration life = Duration.ofSeconds(answer.path("expires_in").asLong());
            Instant now = clock.instant();
            return new Token(value, now, now.plus(life));
        }
        ErrorDetails error = new ErrorDetails(
                answer.path("errorMessage").textValue(),
                answer.path("errorCode").textValue(),
                null);
        String message = "watsonx: IBM Cloud IAM returned no token, but HTTP " + response.code()
                + (error.message() == null ? "" : ": " + error.message())
                + (error.code() == null ? "" : " (code " + error.code() + ")");
        if (ErrorKind.of(response.code(), error).retriable()) {
            throw new IOException(message); // like an unreachable server: another attempt may succeed
        }
        throw new AuthenticationException(message);
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // without the cause, whose message may quote a token
        }
    }

    /**
     * A token of IAM.
     *
     * @param issued time of its arrival
     * @param expires time from which the service refuses it
     */
    private record Token(String value, Instant issued, Instant expires) {

        /** Omits the value. */
        @Override
        public String toString() {
            return "Token[expires " + expires + "]";
        }
    }
}
