package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlJoinerTest {

    @Test
    void is_the_default_without_a_base() {
        assertThat(UrlJoiner.of("https://api.cohere.com/v2/rerank", null))
                .hasToString("https://api.cohere.com/v2/rerank");
    }

    @ParameterizedTest
    @CsvSource({
        "https://host,                        https://host/v2/rerank",
        "https://host/,                       https://host/v2/rerank",
        "https://host/v2,                     https://host/v2/rerank",
        "https://host/v2/,                    https://host/v2/rerank",
        "https://host/v2/rerank,              https://host/v2/rerank",
        "https://host/v2/rerank/,             https://host/v2/rerank",
        "https://host/v1,                     https://host/v1/rerank",
        "https://host/api/paas/v4,            https://host/api/paas/v4/rerank",
        "https://host/cohere,                 https://host/cohere/v2/rerank",
        "https://host/a/b/rerank,             https://host/a/b/rerank",
        "https://host:8443/v2?version=7,      https://host:8443/v2/rerank?version=7",
        "http://127.0.0.1:8080,               http://127.0.0.1:8080/v2/rerank",
        "http://[::1]:8080,                   http://[::1]:8080/v2/rerank",
    })
    void joins_a_base_with_and_without_parts_of_the_path(String base, String expected) {
        assertThat(UrlJoiner.of("https://api.cohere.com/v2/rerank", base)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/rerank,                      http://host/v1,             http://host/v1/rerank",
        "/rerank,                      http://host,                http://host/rerank",
        "https://x/api/v1/rerank,      https://host/api/v1,        https://host/api/v1/rerank",
        "https://x/api/v1/rerank,      https://host/api,           https://host/api/v1/rerank",
        "https://x/ml/v1/rerank?v=1,   https://host,               https://host/ml/v1/rerank?v=1",
        "https://x/ml/v1/rerank?v=1,   https://host?v=2,           https://host/ml/v1/rerank?v=2",
        "https://x/a:rank,             https://host,               https://host/a:rank",
    })
    void joins_paths_of_every_kind(String defaultUrl, String base, String expected) {
        assertThat(UrlJoiner.of(defaultUrl, base)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "ftp://host", "https://", "localhost:8080"})
    void refuses_what_is_no_web_address(String base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UrlJoiner.of("https://api.cohere.com/v2/rerank", base))
                .withMessage("baseUrl must begin with http:// or https:// and have a host");
    }
}
