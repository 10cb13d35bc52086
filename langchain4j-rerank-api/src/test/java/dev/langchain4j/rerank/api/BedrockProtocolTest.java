package dev.langchain4j.rerank.api;

import dev.langchain4j.exception.RateLimitException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class BedrockProtocolTest extends RerankProtocolContract {

    BedrockProtocolTest() {
        super(
                "bedrock",
                () -> ApiScoringModel.bedrock("us-west-2")
                        .signer((apiKey, client) -> new AwsSigner(
                                "us-west-2",
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
                                Runnable::run)));
        concerns(file -> !file.equals("response-invoke-model.json"));
        sends("request.json", model -> model);
        refuses("error-400-ServiceQuotaExceededException.json", RateLimitException.class);
    }
}
