package dev.langchain4j.rerank.api.internal.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rerank.InvalidOptionException;
import dev.langchain4j.rerank.api.ApiScoringModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPartTest {

    @ParameterizedTest
    @ValueSource(strings = {"us-west-2", "example.com:project", ".rerank-v1-elasticsearch", "bge_m3"})
    void names_in_use_are_harmless(String name) {
        assertThat(UrlPart.of("name", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "elsewhere.example/", "a@b", "a?b", "a#b", "a\\b", "a%2fb", "é"})
    void what_could_lead_elsewhere_is_refused(String name) {
        assertThatThrownBy(() -> ApiScoringModel.watsonx(name))
                .isExactlyInstanceOf(InvalidOptionException.class)
                .hasMessage("region must be letters, digits and any of . _ : - only, got " + name);
    }
}
