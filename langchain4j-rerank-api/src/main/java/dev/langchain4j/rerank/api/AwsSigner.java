package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.rerank.InvalidOptionException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** A signer with AWS Signature Version 4, by the signer and credentials of the AWS SDK. */
final class AwsSigner implements RequestSigner {

    private static final String SERVICE = "bedrock";

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final Executor executor;

    /**
     * Creates a signer.
     *
     * @param executor runs the lookup of credentials, which may read files or contact a server
     */
    AwsSigner(String region, AwsCredentialsProvider credentials, Executor executor) {
        this.region = region;
        this.credentials = credentials;
        this.executor = executor;
    }

    /**
     * Returns a signer with the default credentials of the SDK: environment, system properties, profile, container.
     */
    static RequestSigner of(String region, @Nullable String apiKey, OkHttpClient client) {
        if (apiKey != null) {
            throw new InvalidOptionException(
                    "apiKey", "Bedrock's Rerank takes no API key, it is signed with AWS credentials; leave apiKey out");
        }
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        return new AwsSigner(region, credentials, client.dispatcher().executorService());
    }

    @Override
    public CompletionStage<Map<String, String>> headers(URI url, byte[] body) {
        return CompletableFuture.supplyAsync(this::credentials, executor)
                .thenApply(identity -> sign(identity, url, body));
    }

    private Map<String, String> sign(AwsCredentials identity, URI url, byte[] body) {
        SdkHttpRequest request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(url).build();
        Map<String, String> headers = new TreeMap<>();
        signer.sign(signing -> signing.identity(identity)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request()
                .forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
        return headers;
    }

    private AwsCredentials credentials() {
        try {
            return credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw new AuthenticationException("Bedrock: no AWS credentials; " + e.getMessage(), e);
        }
    }
}
