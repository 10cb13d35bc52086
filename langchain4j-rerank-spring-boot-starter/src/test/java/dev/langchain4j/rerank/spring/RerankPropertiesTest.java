package dev.langchain4j.rerank.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RerankPropertiesTest {

    @Test
    void no_text_of_them_holds_a_key_or_the_value_of_a_header() {
        RerankProperties properties = bind(Map.of(
                "langchain4j.rerank.api.cohere.api-key", "secret",
                "langchain4j.rerank.api.cohere.model-name", "rerank-v3.5",
                "langchain4j.rerank.api.cohere.custom-headers.X-Account", "secret"));
        assertThat(properties.api().get("cohere").customHeaders()).containsEntry("X-Account", "secret");
        assertThat(properties.api().get("cohere"))
                .hasToString(
                        "Api[protocol=null, modelName=rerank-v3.5, baseUrl=null, url=null, key set, headers [X-Account]]");
        assertThat(properties.toString()).contains("rerank-v3.5").doesNotContain("secret");
    }

    @Test
    void a_protocol_is_found_however_its_id_is_written() {
        assertThat(ApiProtocol.of("nvidia-nim")).isEqualTo(ApiProtocol.NVIDIA_NIM);
        assertThat(ApiProtocol.of("NVIDIANIM")).isEqualTo(ApiProtocol.NVIDIA_NIM);
        assertThat(ApiProtocol.of("dashscope")).isEqualTo(ApiProtocol.DASH_SCOPE);
        assertThat(ApiProtocol.of("cohere-v2")).isNull();
    }

    @Test
    void settings_are_found_however_their_id_is_written() {
        RerankProperties properties = bind(Map.of("langchain4j.rerank.api.nvidianim.model-name", "m"));
        assertThat(ModelLoader.api(properties, "nvidia-nim").modelName()).isEqualTo("m");
        assertThat(ModelLoader.api(properties, "tei"))
                .isEqualTo(bind(Map.of("langchain4j.rerank.api.tei.max-retries", "2"))
                        .api()
                        .get("tei"));
    }

    private static RerankProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(RerankProperties.PREFIX, RerankProperties.class);
    }
}
