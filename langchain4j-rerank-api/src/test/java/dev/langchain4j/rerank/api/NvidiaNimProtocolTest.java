package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NvidiaNimProtocolTest extends RerankProtocolContract {

    NvidiaNimProtocolTest() {
        super("nvidia-nim", ApiScoringModel::nvidiaNim);
        sends("request.json", model -> model);
    }

    @Test
    void takes_the_url_of_a_hosted_model_whole() {
        String hosted = "https://ai.api.nvidia.com/v1/retrieval/nvidia/llama-nemotron-rerank-1b-v2/reranking";

        assertThat(Endpoint.of(new NvidiaNimProtocol().defaultUrl(), hosted)).hasToString(hosted);
    }
}
