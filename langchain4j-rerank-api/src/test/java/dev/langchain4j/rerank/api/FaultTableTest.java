package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the fault table: what goes wrong, how often it is tried, how long is waited, what the caller gets. */
class FaultTableTest {

    private static final List<TextSegment> DOCUMENTS =
            Stream.of("one", "two", "three").map(TextSegment::from).toList();
    private static final List<Double> SCORES =
            DOCUMENTS.stream().map(segment -> StubService.score(segment.text())).toList();

    private final StubService service = new StubService();
    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void stop_service() {
        service.close();
    }

    /**
     * A row of the table.
     *
     * @param answer to every request
     * @param waits in whole seconds, before the second and the third attempt
     */
    private record Row(
            String fault,
            MockResponse answer,
            Class<? extends RuntimeException> exception,
            int attempts,
            List<Integer> waits) {

        static Row once(String fault, MockResponse answer, Class<? extends RuntimeException> exception) {
            return new Row(fault, answer, exception, 1, List.of());
        }

        static Row thrice(String fault, MockResponse answer, Class<? extends RuntimeException> exception) {
            return new Row(fault, answer, exception, 3, List.of(1, 2));
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                Row.thrice("429 always", StubService.status(429), RateLimitException.class),
                new Row(
                        "429 with Retry-After",
                        StubService.status(429, "Retry-After", "3"),
                        RateLimitException.class,
                        3,
                        List.of(3, 3)),
                Row.once("429 with a day", StubService.status(429, "Retry-After", "86400"), RateLimitException.class),
                Row.thrice("500", StubService.status(500), InternalServerException.class),
                Row.thrice("529", StubService.status(529), InternalServerException.class),
                new Row(
                        "503 with Retry-After: 0",
                        StubService.status(503, "Retry-After", "0"),
                        InternalServerException.class,
                        3,
                        List.of()),
                Row.thrice("408", StubService.status(408), TimeoutException.class),
                Row.once("400", StubService.status(400), InvalidRequestException.class),
                Row.once("401", StubService.status(401), AuthenticationException.class),
                Row.once("507", StubService.status(507), InternalServerException.class),
                Row.once(
                        "503 that is not to be retried",
                        StubService.status(503, "x-should-retry", "false"),
                        InternalServerException.class),
                Row.thrice(
                        "400 that is to be retried",
                        StubService.status(400, "x-should-retry", "true"),
                        InvalidRequestException.class),
                Row.once("malformed JSON", StubService.json("{\"results\": ["), UnusableAnswerException.class),
                Row.once("a page", StubService.json("<html>Welcome</html>"), UnusableAnswerException.class),
                Row.once("nothing", StubService.json(""), UnusableAnswerException.class),
                Row.once(
                        "invalid UTF-8",
                        new MockResponse.Builder()
                                .body(new Buffer().write(new byte[] {'"', (byte) 0xC3, '"'}))
                                .build(),
                        UnusableAnswerException.class),
                Row.once(
                        "JSON 10,000 arrays deep",
                        StubService.json("[".repeat(10_000) + "]".repeat(10_000)),
                        UnusableAnswerException.class),
                Row.once(
                        "200 with an error",
                        StubService.json("{\"error\": {\"message\": \"upstream failed\"}}"),
                        UnusableAnswerException.class),
                Row.once("short list", answer("{'index': 0, 'relevance_score': 1}"), UnusableAnswerException.class),
                Row.once("index twice", answer(scored(0), scored(1), scored(1)), UnusableAnswerException.class),
                Row.once("index out of range", answer(scored(0), scored(1), scored(3)), UnusableAnswerException.class),
                Row.once("index -1", answer(scored(0), scored(1), scored(-1)), UnusableAnswerException.class),
                Row.once(
                        "NaN",
                        StubService.json(StubService.answer(List.of(1.0, Double.NaN, 1.0))),
                        UnusableAnswerException.class),
                Row.once(
                        "null",
                        StubService.json(StubService.answer(Arrays.asList(1.0, null, 1.0))),
                        UnusableAnswerException.class),
                Row.once("307 to nowhere", StubService.status(307, "Location", ":"), InvalidRequestException.class),
                Row.thrice(
                        "connection closed before the answer",
                        new MockResponse.Builder()
                                .onResponseStart(new SocketEffect.CloseSocket())
                                .build(),
                        RetriableException.class),
                Row.thrice(
                        "connection closed in the body",
                        usual().onResponseBody(new SocketEffect.CloseSocket()).build(),
                        RetriableException.class),
                Row.thrice(
                        "corrupt gzip",
                        gzip(new Buffer().writeUtf8("this is no gzip at all")),
                        RetriableException.class),
                Row.thrice("truncated gzip", gzip(truncated(gzipped("{\"results\": []}"))), RetriableException.class),
                Row.once("answer without end", endless(), UnusableAnswerException.class),
                Row.once("gzip bomb", gzip(gzipped(" ".repeat(50 << 20))), UnusableAnswerException.class));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_row_ends_as_the_table_says(Row row) {
        service.failing(request -> row.answer());
        try (ApiScoringModel model =
                service.model().clocks(time).maxResponseBytes(1 << 20).build()) {

            Throwable thrown = catchThrowable(() -> model.scoreAll(DOCUMENTS, "a query"));

            assertThat(thrown).isExactlyInstanceOf(row.exception());
            assertThat(service.server().getRequestCount()).isEqualTo(row.attempts());
            assertThat(time.waits())
                    .containsExactlyElementsOf(
                            row.waits().stream().map(Duration::ofSeconds).toList());
        }
    }

    @Test
    void a_429_with_Retry_After_3_is_sent_again_after_3_seconds() {
        service.failing(request -> request == 1 ? StubService.status(429, "Retry-After", "3") : null);

        assertThat(score(model -> model)).isEqualTo(SCORES);

        assertThat(service.requests()).isEqualTo(2);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void every_call_has_all_its_attempts_whatever_became_of_others() {
        service.failing(request -> StubService.status(500));
        try (ApiScoringModel model = service.model().build()) {
            for (int call = 1; call <= 100; call++) {
                assertThat(catchThrowable(() -> model.scoreAll(DOCUMENTS, "a query")))
                        .isInstanceOf(InternalServerException.class);
                assertThat(service.requests()).isEqualTo(3 * call);
            }
        }
    }

    @Test
    void a_silent_server_costs_three_timeouts() {
        service.failing(request -> new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(catchThrowable(() -> score(model -> model.timeout(Duration.ofMillis(100)))))
                .isExactlyInstanceOf(TimeoutException.class);

        assertThat(service.requests()).isEqualTo(3);
        assertThat(time.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void an_answer_that_drips_runs_into_the_timeout_of_the_attempt() {
        service.failing(request -> usual().throttleBody(1, 50, java.util.concurrent.TimeUnit.MILLISECONDS)
                .build());

        assertThat(catchThrowable(() ->
                        score(model -> model.timeout(Duration.ofMillis(300)).maxRetries(0))))
                .isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void a_reset_connection_is_tried_three_times() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket resetting = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread acceptor = new Thread(() -> {
                while (!resetting.isClosed()) {
                    try (Socket socket = resetting.accept()) {
                        connections.incrementAndGet();
                        socket.setSoLinger(true, 0); // close() sends RST
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            acceptor.start();

            assertThat(catchThrowable(
                            () -> score(model -> model.baseUrl("http://127.0.0.1:" + resetting.getLocalPort()))))
                    .isExactlyInstanceOf(RetriableException.class);

            assertThat(connections).hasValue(3);
        }
    }

    @Test
    void nobody_listening_is_tried_three_times() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(catchThrowable(() -> score(model -> model.baseUrl("http://127.0.0.1:" + port))))
                .isExactlyInstanceOf(RetriableException.class);

        assertThat(time.waits()).hasSize(2);
    }

    @Test
    void a_host_that_cannot_be_found_is_tried_once() {
        OkHttpClient lost = new OkHttpClient.Builder()
                .dns(host -> {
                    throw new UnknownHostException(host);
                })
                .build();

        assertThat(catchThrowable(() -> score(model -> model.okHttpClient(lost).baseUrl("https://rerank.invalid"))))
                .isExactlyInstanceOf(UnresolvedModelServerException.class);

        assertThat(time.waits()).isEmpty();
    }

    @Test
    void no_documents_cost_no_call() {
        try (ApiScoringModel model = service.model().build()) {
            assertThat(model.scoreAll(List.of(), "a query").content()).isEmpty();
        }

        assertThat(service.requests()).isZero();
    }

    @Test
    void documents_over_the_limit_are_split_and_come_back_in_order() {
        List<TextSegment> documents = IntStream.range(0, 1_500)
                .mapToObj(i -> TextSegment.from("document " + i))
                .toList();
        try (ApiScoringModel model = service.model().build()) {
            assertThat(model.scoreAll(documents, "a query").content())
                    .isEqualTo(documents.stream()
                            .map(document -> StubService.score(document.text()))
                            .toList());
        }

        assertThat(service.documents().stream().map(List::size)).containsExactlyInAnyOrder(1_000, 500);
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_redirect_takes_neither_key_nor_documents_to_another_host(UnaryOperator<ApiScoringModel.Builder> options)
            throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            String target = other.url("/v2/rerank").toString();
            service.failing(request -> StubService.status(307, "Location", target));

            Throwable thrown = catchThrowable(() -> score(options));

            assertThat(thrown)
                    .isExactlyInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "Cohere returned HTTP 307: redirects to http://%s:%d, which is not followed"
                                    + " (attempt 1 of 3)",
                            other.getHostName(), other.getPort());
            assertThat(other.getRequestCount()).isZero();
            assertThat(service.requests()).isEqualTo(1);
        }
    }

    static Stream<UnaryOperator<ApiScoringModel.Builder>> models() {
        return Stream.of(
                model -> model,
                model -> model.customHeaders(java.util.Map.of("api-key", "a secret")),
                model -> model.accessToken(() -> "a token"),
                model -> model.okHttpClient(new OkHttpClient()));
    }

    private List<Double> score(UnaryOperator<ApiScoringModel.Builder> options) {
        try (ApiScoringModel model = options.apply(service.model().clocks(time)).build()) {
            return model.scoreAll(DOCUMENTS, "a query").content();
        }
    }

    private static String scored(int index) {
        return "{'index': %d, 'relevance_score': 0.5}".formatted(index);
    }

    private static MockResponse answer(String... results) {
        return StubService.json(
                "{'results': [%s]}".formatted(String.join(",", results)).replace('\'', '"'));
    }

    private static MockResponse.Builder usual() {
        return new MockResponse.Builder().body(StubService.answer(SCORES));
    }

    private static MockResponse endless() {
        return new MockResponse.Builder()
                .chunkedBody(" ".repeat(2 << 20), 1 << 16)
                .build();
    }

    private static MockResponse gzip(Buffer body) {
        return new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(body)
                .build();
    }

    private static Buffer gzipped(String text) {
        Buffer zipped = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(zipped))) {
            sink.writeUtf8(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return zipped;
    }

    private static Buffer truncated(Buffer buffer) {
        Buffer half = new Buffer();
        half.write(buffer, buffer.size() / 2);
        return half;
    }
}
