package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

class TokenSignerTest {

    @Test
    void asks_for_the_token_before_each_request() throws Exception {
        try (MockWebServer server = server(2)) {
            AtomicInteger count = new AtomicInteger();
            ApiScoringModel model = ApiScoringModel.vertex("project")
                    .accessToken(() -> "token-" + count.incrementAndGet())
                    .baseUrl(server.url("/").toString())
                    .build();

            model.scoreAll(Fixtures.documents(3), Fixtures.query());
            model.scoreAll(Fixtures.documents(3), Fixtures.query());

            assertThat(List.of(authorization(server), authorization(server)))
                    .containsExactly("Bearer token-1", "Bearer token-2");
        }
    }

    @Test
    void a_key_of_vertex_is_a_token() throws Exception {
        try (MockWebServer server = server(1)) {
            ApiScoringModel.vertex("project")
                    .apiKey("token")
                    .baseUrl(server.url("/").toString())
                    .build()
                    .scoreAll(Fixtures.documents(3), Fixtures.query());

            assertThat(authorization(server)).isEqualTo("Bearer token");
        }
    }

    private static String authorization(MockWebServer server) throws InterruptedException {
        return server.takeRequest().getHeaders().get("Authorization");
    }

    private static MockWebServer server(int answers) throws Exception {
        MockWebServer server = new MockWebServer();
        server.start();
        for (int answer = 0; answer < answers; answer++) {
            server.enqueue(new MockResponse.Builder()
                    .body("{\"records\": [{\"id\": \"0\"}, {\"id\": \"1\"}, {\"id\": \"2\"}]}")
                    .build());
        }
        return server;
    }
}
