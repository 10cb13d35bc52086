package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.rerank.ScoreScale;
import dev.langchain4j.rerank.api.internal.protocols.Protocols;
import dev.langchain4j.rerank.api.protocol.Limits;
import dev.langchain4j.rerank.api.protocol.RerankProtocol;
import dev.langchain4j.rerank.api.protocol.RerankProtocol.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a protocol does otherwise for some models. */
class ModelDependenceTest {

    @ParameterizedTest
    @CsvSource({
        "qwen3-rerank, /compatible-api/v1/reranks, 500, 120000",
        "gte-rerank-v2, /api/v1/services/rerank/text-rerank/text-rerank, 500, 30000",
        "qwen3-vl-rerank, /api/v1/services/rerank/text-rerank/text-rerank, 100, 120000",
    })
    void dash_scope_has_a_route_and_limits_for_each_model(String model, String path, int documents, long tokens) {
        RerankProtocol protocol = Protocols.dashScope().forModel(model);

        assertThat(protocol.defaultUrl()).isEqualTo("https://dashscope.aliyuncs.com" + path);
        assertThat(protocol.limits()).isEqualTo(Limits.ofDocuments(documents).withTokens(tokens));
    }

    @ParameterizedTest
    @CsvSource({"bge-reranker-v2-m3, 100, true", "pinecone-rerank-v0, 100, true", "cohere-rerank-3.5, 200, false"})
    void pinecone_cuts_texts_where_the_model_can(String model, int documents, boolean cuts) {
        RerankProtocol protocol = Protocols.pinecone().forModel(model);

        assertThat(protocol.limits()).isEqualTo(Limits.ofDocuments(documents));
        assertThat(written(protocol, model).path("parameters").has("truncate")).isEqualTo(cuts);
    }

    @ParameterizedTest
    @CsvSource({
        "mixedbread-ai/mxbai-rerank-large-v2, false, PROBABILITY",
        "mixedbread-ai/mxbai-rerank-v3-listwise, true, RELATIVE",
    })
    void mixedbread_has_a_model_that_reads_the_whole_list(String model, boolean listwise, ScoreScale scale) {
        RerankProtocol protocol = Protocols.mixedbread().forModel(model);

        assertThat(protocol.listwise()).isEqualTo(listwise);
        assertThat(protocol.scoreScale()).isEqualTo(scale);
    }

    @ParameterizedTest
    @CsvSource({
        "amazon.rerank-v1:0, arn:aws:bedrock:eu-central-1::foundation-model/amazon.rerank-v1:0",
        "arn:aws-us-gov:bedrock:x::foundation-model/y, arn:aws-us-gov:bedrock:x::foundation-model/y",
    })
    void bedrock_makes_an_arn_of_a_model_unless_it_is_one(String model, String arn) {
        ObjectNode body = written(Protocols.bedrock("eu-central-1"), model);

        assertThat(body.at("/rerankingConfiguration/bedrockRerankingConfiguration/modelConfiguration/modelArn")
                        .textValue())
                .isEqualTo(arn);
    }

    @Test
    void watsonx_cuts_texts_only_for_the_model_whose_length_it_knows() {
        assertThat(written(Protocols.watsonx("us-south"), "another-model")
                        .path("parameters")
                        .has("truncate_input_tokens"))
                .isFalse();
    }

    @Test
    void servers_with_one_model_get_no_model_unless_it_is_named() {
        for (RerankProtocol protocol : List.of(Protocols.vllm(), Protocols.infinity(), Protocols.llamaCpp())) {
            assertThat(written(protocol, null).has("model")).as(protocol.name()).isFalse();
        }
    }

    private static ObjectNode written(RerankProtocol protocol, String model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        protocol.writeRequest(body, new Request("query", List.of("document"), model));
        return body;
    }
}
