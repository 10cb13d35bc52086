package dev.langchain4j.rerank.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.rerank.InvalidOptionException;
import java.net.URI;
import java.util.Map;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsSignerTest {

    private static final URI URL = URI.create("https://bedrock-agent-runtime.us-west-2.amazonaws.com/rerank");
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    @Test
    void signs_host_time_and_body_for_the_region() {
        AwsSigner signer =
                signer(StaticCredentialsProvider.create(AwsSessionCredentials.create("id", "secret", "session")));

        Map<String, String> headers =
                signer.headers(URL, BODY).toCompletableFuture().join();

        assertThat(headers.get("Authorization"))
                .matches("AWS4-HMAC-SHA256 Credential=id/\\d{8}/us-west-2/bedrock/aws4_request, "
                        + "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, "
                        + "Signature=[0-9a-f]{64}");
        assertThat(headers)
                .containsEntry("Host", "bedrock-agent-runtime.us-west-2.amazonaws.com")
                .containsEntry(
                        "x-amz-content-sha256", ByteString.of(BODY).sha256().hex())
                .containsEntry("X-Amz-Security-Token", "session")
                .containsKey("X-Amz-Date");
        assertThat(headers.toString()).doesNotContain("secret");
    }

    @Test
    void says_that_there_are_no_credentials() {
        AwsSigner signer = signer(() -> {
            throw SdkClientException.create("looked everywhere");
        });

        assertThatThrownBy(() -> signer.headers(URL, BODY).toCompletableFuture().join())
                .hasCauseExactlyInstanceOf(AuthenticationException.class)
                .cause()
                .hasMessage("Bedrock: no AWS credentials; looked everywhere");
    }

    @Test
    void refuses_an_api_key() {
        assertThatThrownBy(
                        () -> ApiScoringModel.bedrock("us-west-2").apiKey("key").build())
                .isExactlyInstanceOf(InvalidOptionException.class)
                .hasMessage("Bedrock's Rerank takes no API key, it is signed with AWS credentials; leave apiKey out");
    }

    private static AwsSigner signer(AwsCredentialsProvider credentials) {
        return new AwsSigner("us-west-2", credentials, Runnable::run);
    }
}
