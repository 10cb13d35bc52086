package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

    @TempDir
    Path home;

    @Test
    void has_the_defaults_of_huggingface_hub() {
        assertThat(settings())
                .isEqualTo(new HubSettings(
                        URI.create("https://huggingface.co"),
                        home.resolve(".cache/huggingface/hub"),
                        null,
                        false,
                        true));
    }

    @Test
    void looks_for_the_cache_in_the_order_of_huggingface_hub() {
        // given
        Map<String, String> environment = new HashMap<>();

        // when, then
        environment.put("XDG_CACHE_HOME", "/caches");
        assertThat(cache(environment)).isEqualTo(Path.of("/caches/huggingface/hub"));
        environment.put("HF_HOME", "/hf");
        assertThat(cache(environment)).isEqualTo(Path.of("/hf/hub"));
        environment.put("HUGGINGFACE_HUB_CACHE", "/old");
        assertThat(cache(environment)).isEqualTo(Path.of("/old"));
        environment.put("HF_HUB_CACHE", "/new");
        assertThat(cache(environment)).isEqualTo(Path.of("/new"));
    }

    @Test
    void expands_home_and_variables_in_paths() {
        assertThat(cache(Map.of("HF_HUB_CACHE", "~/models"))).isEqualTo(home.resolve("models"));
        assertThat(cache(Map.of("HF_HUB_CACHE", "$DISK/a${DISK}", "DISK", "/big")))
                .isEqualTo(Path.of("/big/a/big"));
        assertThat(cache(Map.of("HF_HUB_CACHE", "/x/$UNKNOWN"))).isEqualTo(Path.of("/x/$UNKNOWN"));
    }

    @Test
    void takes_an_empty_variable_for_none() {
        assertThat(settings("HF_HOME", "", "HF_ENDPOINT", " ", "HF_TOKEN", "", "HF_HUB_OFFLINE", ""))
                .isEqualTo(settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "TRUE", "yes", "On"})
    void is_offline_for_each_way_to_say_yes(String yes) {
        assertThat(settings("HF_HUB_OFFLINE", yes).offline()).isTrue();
        assertThat(settings("TRANSFORMERS_OFFLINE", yes).offline()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "no", "maybe"})
    void is_online_for_anything_else(String no) {
        assertThat(settings("HF_HUB_OFFLINE", no).offline()).isFalse();
    }

    @Test
    void drops_the_slash_at_the_end_of_the_endpoint() {
        assertThat(settings("HF_ENDPOINT", "https://mirror.example/hf/").endpoint())
                .isEqualTo(URI.create("https://mirror.example/hf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mirror.example",
                "ftp://mirror.example",
                "https://",
                "https://user:secret@mirror.example",
                "https://mirror.example?token=secret",
                "https://a b secret"
            })
    void refuses_an_endpoint_that_is_none_without_repeating_it(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("HF_ENDPOINT", endpoint))
                .withMessage("HF_ENDPOINT must be an http or https URL without a user name, such as"
                        + " https://huggingface.co, and is not")
                .withNoCause();
    }

    @Test
    void finds_the_token_in_the_order_of_huggingface_hub() throws IOException {
        // given
        Files.createDirectories(home.resolve("hf"));
        Files.writeString(home.resolve("hf/token"), "from-home\n");
        Files.writeString(home.resolve("elsewhere"), "from-file\n");
        Map<String, String> environment = new HashMap<>(Map.of("HF_HOME", "~/hf"));

        // when, then
        assertThat(token(environment)).isEqualTo("from-home");
        environment.put("HF_TOKEN_PATH", "~/elsewhere");
        assertThat(token(environment)).isEqualTo("from-file");
        environment.put("HUGGING_FACE_HUB_TOKEN", "from-old-variable");
        assertThat(token(environment)).isEqualTo("from-old-variable");
        environment.put("HF_TOKEN", " from-variable\n");
        assertThat(token(environment)).isEqualTo("from-variable");
    }

    @Test
    void sends_no_token_where_that_is_disabled() {
        assertThat(settings("HF_TOKEN", "t", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
                        .token())
                .isNull();
    }

    @Test
    void has_no_token_where_the_file_is_empty() throws IOException {
        // given
        Files.writeString(home.resolve("empty"), "\n");

        // when, then
        assertThat(settings("HF_TOKEN_PATH", "~/empty").token()).isNull();
    }

    @Test
    void names_a_token_file_that_cannot_be_read() throws IOException {
        // given
        Path file = Files.write(home.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        // when, then
        assertThatThrownBy(() -> settings("HF_TOKEN_PATH", "~/binary"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the hub token in " + file + " cannot be read: repair the file, or set HF_TOKEN");
    }

    @Test
    void refuses_a_token_that_is_none_without_repeating_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("HF_TOKEN", "secret token"))
                .withMessage("hubToken must be printable ASCII without spaces, and is empty or has other characters:"
                        + " check hubToken or the environment variable HF_TOKEN");
    }

    @Test
    void shows_no_token() {
        assertThat(settings("HF_TOKEN", "hf_secret")).asString().doesNotContain("hf_secret");
    }

    @Test
    void uses_no_links_where_that_is_disabled() {
        assertThat(settings("HF_HUB_DISABLE_SYMLINKS", "1").symlinks()).isFalse();
    }

    private Path cache(Map<String, String> environment) {
        return HubSettings.of(environment, home).cache();
    }

    private String token(Map<String, String> environment) {
        return HubSettings.of(environment, home).token().value();
    }

    private HubSettings settings(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return HubSettings.of(environment, home);
    }
}
