package dev.langchain4j.rerank.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Scanner;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlamaCppServerTest {

    private static final String DOCUMENTS = """
            ["Bananas are rich in potassium.", "Open settings and choose reset password.", "The weather is nice today."]\
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @AutoClose
    private LlamaCppServer server;

    @BeforeEach
    void start() {
        server = LlamaCppServer.require();
    }

    @Test
    void puts_the_document_that_answers_first() throws Exception {
        // when
        HttpResponse<String> answer = rerank("/v1/rerank", "documents", server.apiKey());
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"model\":\"ms-marco-minilm\",\"object\":\"list\"")
                .contains("\"results\":[{\"index\":1,\"relevance_score\":");
    }

    @Test
    void reads_query_and_document_with_one_separator_between_them() throws Exception {
        // given: [CLS] query [SEP] document [SEP]; each word and punctuation mark of these texts is one token
        int query = 7;
        int documents = 6 + 7 + 6;
        int specials = 3;
        // when
        HttpResponse<String> answer = rerank("/v1/rerank", "documents", server.apiKey());
        // then
        assertThat(answer.body()).contains("\"prompt_tokens\":" + (3 * (query + specials) + documents));
    }

    @Test
    void speaks_the_protocol_of_text_embeddings_inference_too() throws Exception {
        // when
        HttpResponse<String> answer = rerank("/rerank", "texts", server.apiKey());
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[{\"index\":1,\"score\":");
    }

    @Test
    void refuses_a_wrong_key() throws Exception {
        assertThat(rerank("/v1/rerank", "documents", "not-the-key").statusCode())
                .isEqualTo(401);
    }

    @Test
    void leaves_no_process_behind_when_closed() {
        // given
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        // when
        server.close();
        server.close();
        // then
        assertThat(process.isAlive()).isFalse();
        assertThatThrownBy(() -> rerank("/v1/rerank", "documents", server.apiKey()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void ends_at_once_when_killed() {
        // given
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        // when
        server.kill();
        // then
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void ends_with_the_jvm_that_started_it_even_when_that_one_is_halted() throws Exception {
        // given
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process jvm = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Drerank.root=" + ProjectDirectory.root(),
                        HaltedProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Scanner output = new Scanner(jvm.getInputStream(), StandardCharsets.UTF_8)) {
            ProcessHandle process = ProcessHandle.of(output.nextLong()).orElseThrow();
            assertThat(process.isAlive()).isTrue();
            // when: it reads a line, then halts without running shutdown hooks
            jvm.getOutputStream().close();
            // then
            assertThat(jvm.waitFor(10, SECONDS)).isTrue();
            assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** Starts a server, prints the id of its process, and halts when its input ends. */
    static final class HaltedProgram {
        public static void main(String[] args) throws IOException {
            System.out.println(LlamaCppServer.start(line -> {}).pid());
            System.in.transferTo(System.err);
            Runtime.getRuntime().halt(1);
        }
    }

    private HttpResponse<String> rerank(String path, String field, String key)
            throws IOException, InterruptedException {
        String body = "{\"query\": \"how do I reset my password?\", \"%s\": %s}".formatted(field, DOCUMENTS);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
