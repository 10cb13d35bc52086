package dev.langchain4j.rerank.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rerank.examples.ComputingHistory;
import dev.langchain4j.rerank.examples.KnowledgeBase;
import dev.langchain4j.rerank.examples.MilvusAddress;
import dev.langchain4j.rerank.testkit.MilvusServer;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP responses of the server. */
class WebServerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ScriptedChatModel CHAT_MODEL = new ScriptedChatModel();

    private static MilvusServer milvus;
    private static KnowledgeBase knowledge;
    private static Rerankers rerankers;
    private static WebServer server;

    @BeforeAll
    static void ingest() {
        milvus = MilvusServer.start(line -> {});
        rerankers = new Rerankers(Map.of("JINA_API_KEY", "secret-key", "TOGETHER_API_KEY", "secret-key"));
        knowledge = KnowledgeBase.ingest(
                new MilvusAddress(milvus.uri()),
                new AllMiniLmL6V2QuantizedEmbeddingModel(),
                IndexType.FLAT,
                MetricType.COSINE,
                List.of(TextSegment.from(
                        "A moth sat in the relay.",
                        Metadata.from(Map.of(
                                ComputingHistory.ID,
                                "1",
                                ComputingHistory.TITLE,
                                "Moth",
                                ComputingHistory.SOURCE,
                                "m")))));
    }

    @AfterAll
    static void close() {
        knowledge.close();
        rerankers.close();
        milvus.close();
    }

    /** One server per test, so that no test sees the questions of another. */
    @BeforeEach
    void start() {
        CHAT_MODEL.says("It was", " a moth [1].");
        server = WebServer.start(
                0,
                About.of("a test", "answers are scripted", List.of(), rerankers),
                new Answering(knowledge, rerankers, CHAT_MODEL));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listens_on_the_loopback_address_only_and_forbids_everything_from_elsewhere() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue(
                        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).doesNotContain("style=", "onclick=", "<script>");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, , 403",
        "127.0.0.1:1, , 403",
        "localhost:PORT, , 200",
        "127.0.0.1:PORT, cross-site, 403",
        "127.0.0.1:PORT, same-site, 403",
        "127.0.0.1:PORT, same-origin, 200"
    })
    void other_hosts_and_other_sites_are_refused(String host, String site, int status) throws Exception {
        assertThat(statusOf(host.replace("PORT", Integer.toString(server.uri().getPort())), site))
                .isEqualTo(status);
    }

    /** Sends a request by hand, because Java's client sets the Host header itself. */
    private static int statusOf(String host, String site) throws IOException {
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.uri().getPort());
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String request = "GET /api/corpus HTTP/1.1\r\nHost: " + host + "\r\n"
                    + (site == null ? "" : "Sec-Fetch-Site: " + site + "\r\n") + "Connection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return Integer.parseInt(in.readLine().split(" ", -1)[1]);
        }
    }

    @Test
    void other_methods_and_paths_are_refused() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(server.uri().resolve("api/ask?q=a"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> refused = CLIENT.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET");
        assertThat(get("etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("api/report?id=unknown").body())
                .isEqualTo("{\"message\":\"this ranking is no longer stored: ask again\"}");
        assertThat(judge("{\"before\":[]}").body())
                .isEqualTo("{\"message\":\"before, after and judgements are needed\"}");
        assertThat(judge("not JSON").body()).isEqualTo("{\"message\":\"the body is not the expected JSON\"}");
        assertThat(judge("\"" + "x".repeat(70_000)).body())
                .isEqualTo("{\"message\":\"the body has more than 65536 bytes\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q=%20 | the question is empty: ask something",
                "q=a&topK=0 | topK must be from 1 to 50, got 0",
                "q=a&depth=many | depth must be a number",
                "q=a&minScore=NaN | minScore must be a finite number",
                "q=a&fault=explode | fault must be none, hang or fail",
                "q=a&chat=a/b | chat must be 1 to 64 letters, digits or hyphens",
                "q=a&model=gpt | unknown reranker: choose one that the page lists"
            })
    void questions_that_make_no_sense_are_refused_with_a_reason(String query, String message) throws Exception {
        assertThat(events(query)).containsExactly("event: failed", "data: {\"message\":\"" + message + "\"}");
    }

    @Test
    void a_question_has_at_most_2000_characters() throws Exception {
        assertThat(events("q=" + "a".repeat(2_001)))
                .containsExactly(
                        "event: failed",
                        "data: {\"message\":\"the question has 2001 characters, 2000 are allowed: shorten it\"}");
        assertThat(events("q=" + "a".repeat(2_000) + "&model=none")).contains("event: done");
    }

    @Test
    void an_answer_comes_as_events_whose_data_is_json() throws Exception {
        // when
        List<String> events = events("q=" + URLEncoder.encode("Where was the moth?", StandardCharsets.UTF_8));
        // then
        assertThat(events.stream().filter(line -> line.startsWith("event: ")).toList())
                .containsExactly("event: ranking", "event: token", "event: token", "event: done");
        assertThat(events).contains("data: \"It was\"", "data: \" a moth [1].\"");
        assertThat(events.get(events.size() - 1))
                .startsWith("data: {\"citations\":{\"parts\":[{\"text\":\"It was a moth \",\"cites\":null},"
                        + "{\"text\":\"[1]\",\"cites\":1},{\"text\":\".\",\"cites\":null}],\"cited\":[1],\"unknown\":0},"
                        + "\"stages\":[{\"name\":\"embed\",");
    }

    @Test
    void four_questions_are_answered_at_a_time() throws Exception {
        // given
        CompletableFuture<Void> last = CHAT_MODEL.pausesBeforeItsLast();
        List<BufferedReader> streams = new ArrayList<>();
        for (int i = 0; i < AskHandler.AT_A_TIME; i++) {
            streams.add(streaming("model=none&q=moth&chat=c" + i));
        }
        // when
        List<String> fifth = events("model=none&q=moth");
        last.complete(null);
        // then
        assertThat(fifth)
                .containsExactly(
                        "event: failed",
                        "data: {\"message\":\"4 questions are already being answered: ask again in a moment\"}");
        for (BufferedReader stream : streams) {
            readTo(stream, "event: done");
            stream.close();
        }
        assertThat(events("model=none&q=moth")).contains("event: done");
    }

    /** An answer whose first token has arrived. */
    private static BufferedReader streaming(String query) throws Exception {
        HttpRequest ask =
                HttpRequest.newBuilder(server.uri().resolve("api/ask?" + query)).build();
        BufferedReader stream = new BufferedReader(new InputStreamReader(
                CLIENT.send(ask, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
        readTo(stream, "event: token");
        return stream;
    }

    private static void readTo(BufferedReader stream, String line) throws IOException {
        String read = stream.readLine();
        while (!line.equals(read)) {
            assertThat(read).as("the stream ended before " + line).isNotNull();
            read = stream.readLine();
        }
    }

    @Test
    void a_page_that_goes_away_frees_its_place() throws Exception {
        // given
        CompletableFuture<Void> never = CHAT_MODEL.pausesBeforeItsLast();
        for (int i = 0; i < AskHandler.AT_A_TIME; i++) {
            try (Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
                socket.getOutputStream()
                        .write("GET /api/ask?model=none&q=moth HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                                .formatted(server.uri().getPort())
                                .getBytes(StandardCharsets.US_ASCII));
                readTo(
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
                        "event: token");
            }
        }
        // when
        CHAT_MODEL.says("Free", " again.");
        List<String> events = events("model=none&q=moth");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (events.contains("event: failed") && System.nanoTime() < end) {
            events = events("model=none&q=moth");
        }
        // then
        assertThat(events).contains("event: done");
        assertThat(never).isNotDone();
        never.complete(null);
    }

    @Test
    void closing_does_not_wait_for_a_chat_model_that_never_answers() throws Exception {
        // given
        CompletableFuture<Void> never = CHAT_MODEL.pausesBeforeItsLast();
        try (BufferedReader stream = streaming("model=none&q=moth")) {
            // when
            server.close();
            // then
            assertThat(Thread.getAllStackTraces().values())
                    .as("threads that are still answering")
                    .noneMatch(frames -> Stream.of(frames)
                            .anyMatch(frame -> frame.getClassName().equals(Answering.class.getName())));
            assertThat(never).isNotDone();
            assertThatThrownBy(() -> readTo(stream, "event: done")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void services_are_offered_whose_key_is_set_and_no_key_is_told() throws Exception {
        assertThat(get("api/corpus").body())
                .contains("\"id\":\"minilm\"", "\"id\":\"windows\"", "\"id\":\"cascade\"", "\"id\":\"jina\"")
                .contains("\"id\":\"cascade-jina\"")
                .doesNotContain("\"id\":\"cohere\"", "\"id\":\"together\"", "secret-key");
    }

    @Test
    void a_port_that_is_taken_is_refused_with_the_remedy() {
        int port = server.uri().getPort();
        assertThatThrownBy(() -> WebServer.start(
                        port, About.of("", "", List.of(), rerankers), new Answering(knowledge, rerankers, CHAT_MODEL)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("port %d on 127.0.0.1 is taken: choose another one, for instance ./demo web --port %d"
                        .formatted(port, port + 1));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> judge(String body) throws Exception {
        URI uri = server.uri().resolve("api/judge");
        return CLIENT.send(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of an answer, without beats. */
    private static List<String> events(String query) throws Exception {
        return get("api/ask?" + query)
                .body()
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(":"))
                .collect(Collectors.toList());
    }
}
