package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubHttpTest {

    private static final HubToken TOKEN = new HubToken("hf_canary");

    private final Map<String, String> redirects = new HashMap<>();
    private final List<String> heard = new ArrayList<>();
    private HttpServer hub;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        hub = server("hub");
        other = server("other");
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        other.stop(0);
    }

    /** Redirects as the test says and answers anything else with its path. */
    private HttpServer server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                heard.add(name + path + (authorization == null ? "" : " " + authorization));
                byte[] body = path.getBytes(StandardCharsets.UTF_8);
                if (redirects.containsKey(path)) {
                    exchange.getResponseHeaders().set("Location", redirects.get(path));
                    exchange.sendResponseHeaders(302, body.length);
                } else {
                    exchange.sendResponseHeaders(200, body.length);
                }
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    @Test
    void follows_redirects_on_the_hub_with_the_token() throws Exception {
        // given
        redirects.put("/a", "/b");
        redirects.put("/b", uri(hub, "/c").toString());

        // when, then
        assertThat(get("/a")).isEqualTo("/c");
        assertThat(heard).containsExactly("hub/a Bearer hf_canary", "hub/b Bearer hf_canary", "hub/c Bearer hf_canary");
    }

    @Test
    void goes_without_the_token_from_the_first_redirect_away_even_back_to_the_hub() throws Exception {
        // given
        redirects.put("/a", uri(other, "/b").toString());
        redirects.put("/b", uri(hub, "/c").toString());
        redirects.put("/c", "/d");

        // when, then
        assertThat(get("/a")).isEqualTo("/d");
        assertThat(heard).containsExactly("hub/a Bearer hf_canary", "other/b", "hub/c", "hub/d");
    }

    @Test
    void sends_no_token_to_an_address_that_only_looks_like_the_hub() throws Exception {
        // given
        redirects.put("/a", "http://localhost:" + hub.getAddress().getPort() + "/b");

        // when, then
        assertThat(get("/a")).isEqualTo("/b");
        assertThat(heard).containsExactly("hub/a Bearer hf_canary", "hub/b");
    }

    @Test
    void gives_up_on_redirects_in_a_circle() {
        // given
        redirects.put("/a", "/a");

        // when, then
        assertThatThrownBy(() -> get("/a"))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("it redirects more than 10 times");
        assertThat(heard).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://hub.example/x", "http:///x", "jar:file:/x!/y", ""})
    void follows_no_redirect_to_anything_but_the_web(String location) {
        // given
        redirects.put("/a", location);

        // when, then
        assertThatThrownBy(() -> get("/a"))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("it redirects to something that is not a web address");
    }

    @Test
    void follows_no_redirect_that_cannot_be_read() {
        // given
        redirects.put("/a", "http://[nowhere/secret");

        // when, then
        assertThatThrownBy(() -> get("/a"))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("it redirects to something that is not a web address")
                .hasNoCause();
    }

    @Test
    void follows_no_redirect_from_https_to_http() throws Exception {
        // given
        URI secure = URI.create("https://hub.example/a");

        // when, then
        assertThatThrownBy(() -> HubHttp.target(secure, "http://hub.example/b?Signature=secret"))
                .isInstanceOf(HubProtocolException.class)
                .hasMessage("it redirects from https to http at hub.example");
        assertThat(HubHttp.target(secure, "//cdn.example/b")).isEqualTo(URI.create("https://cdn.example/b"));
        assertThat(HubHttp.target(URI.create("http://hub.example/a"), "https://hub.example/b"))
                .isEqualTo(URI.create("https://hub.example/b"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.example, https://hub.example/x, true",
        "https://hub.example, https://HUB.example:443/x, true",
        "http://hub.example:80/path, http://hub.example/x, true",
        "https://hub.example, http://hub.example/x, false",
        "https://hub.example, https://hub.example:8443/x, false",
        "https://hub.example, https://evil-hub.example/x, false",
        "https://hub.example, https://hub.example.evil/x, false",
        "https://hub.example, https://hub.example@evil.example/x, false"
    })
    void knows_the_hub_by_scheme_host_and_port(URI endpoint, URI uri, boolean same) {
        assertThat(HubHttp.sameOrigin(endpoint, uri)).isEqualTo(same);
    }

    @Test
    void refuses_to_send_the_token_in_the_clear() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new HubHttp(URI.create("http://hub.example"), TOKEN, Duration.ofSeconds(1)))
                .withMessage("the hub token would be sent unencrypted to http://hub.example; use an https endpoint, or"
                        + " no token (HF_HUB_DISABLE_IMPLICIT_TOKEN=1)");
    }

    private String get(String path) throws IOException, InterruptedException {
        InMemorySink body = new InMemorySink(1_000);
        new HubHttp(uri(hub, ""), TOKEN, Duration.ofSeconds(20)).get(uri(hub, path), 0, body);
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static URI uri(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
