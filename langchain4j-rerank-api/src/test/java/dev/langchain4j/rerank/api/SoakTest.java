package dev.langchain4j.rerank.api;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.failsafe.spi.Scheduler;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many calls from many threads to a service of which every hundredth answer is a fault. The build makes a slice of them;
 * {@code -Drerank.soak.calls=100000} makes them all.
 */
class SoakTest {

    private static final int CALLS = Integer.getInteger("rerank.soak.calls", 4_000);
    private static final int THREADS = 8;
    private static final int FAULT_EVERY = 100;
    private static final long MOST_GROWTH = 16L << 20;

    /** Waits are over at once, and nobody keeps count of them. */
    private static final Clocks HASTE = new Clocks() {
        @Override
        public Scheduler scheduler(ScheduledExecutorService timer) {
            return (task, delay, unit) -> timer.schedule(task, 0, TimeUnit.NANOSECONDS);
        }
    };

    static {
        // Else the JDK's server holds every answer back for 40 ms (Nagle's algorithm against delayed ACKs).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private final OkHttpClient client = new OkHttpClient();
    private HttpServer server;

    @BeforeEach
    void start_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(serverThreads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop_server() {
        server.stop(0);
        serverThreads.shutdownNow();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    @Test
    void no_score_is_wrong_and_nothing_leaks() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        long early;
        long late;
        try (ApiScoringModel model = ApiScoringModel.cohere()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .apiKey("key-of-the-soak")
                .maxDocumentsPerRequest(3)
                .okHttpClient(client)
                .clocks(HASTE)
                .build()) {
            call(model, CALLS / 4, failed);
            early = usedHeap();
            call(model, CALLS - CALLS / 4, failed);
            late = usedHeap();
        }

        ExecutorService callbacks = client.dispatcher().executorService();
        callbacks.shutdown();
        assertThat(callbacks.awaitTermination(1, MINUTES)).isTrue();
        assertThat(client.dispatcher().runningCallsCount()).isZero();
        assertThat(client.connectionPool().connectionCount())
                .isEqualTo(client.connectionPool().idleConnectionCount());
        assertThat(threads("rerank-api-timer")).isZero();
        assertThat(late - early).as("growth of the heap in bytes").isLessThan(MOST_GROWTH);
        // A call makes two requests; two faults in five cannot be mended by asking again.
        assertThat(failed.get()).isBetween(1, 2 * requests.get() / FAULT_EVERY);
    }

    private static void call(ApiScoringModel model, int calls, AtomicInteger failed) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> futures = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            futures.add(callers.submit(() -> IntStream.iterate(first, i -> i < calls, i -> i + THREADS)
                    .forEach(i -> callOnce(model, i, failed))));
        }
        for (Future<?> future : futures) {
            future.get(10, MINUTES);
        }
        callers.shutdown();
    }

    /** Right scores, or an exception that was meant to be. */
    private static void callOnce(ApiScoringModel model, int number, AtomicInteger failed) {
        List<TextSegment> documents = IntStream.range(0, 5)
                .mapToObj(i -> TextSegment.from("document %d of call %d".formatted(i, number)))
                .toList();
        try {
            assertThat(model.scoreAll(documents, "query " + number).content())
                    .isEqualTo(documents.stream()
                            .map(document -> StubService.score(document.text()))
                            .toList());
        } catch (LangChain4jException e) {
            assertThat(e).isInstanceOf(UnusableAnswerException.class);
            failed.incrementAndGet();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = Fixtures.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        List<Double> scores = new ArrayList<>();
        body.path("documents").forEach(text -> scores.add(StubService.score(text.textValue())));
        int request = requests.incrementAndGet();
        int fault = request % FAULT_EVERY == 0 ? request / FAULT_EVERY % 5 : -1;
        switch (fault) {
            case 0 -> send(exchange, 503, "{\"message\": \"busy\"}");
            case 1 -> send(exchange, 429, "{\"message\": \"slower\"}");
            case 2 -> exchange.close();
            case 3 -> send(exchange, 200, StubService.answer(scores.subList(1, scores.size())));
            case 4 -> send(exchange, 200, "{\"results\": [");
            default -> send(exchange, 200, StubService.answer(scores));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long threads(String name) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join(5_000);
            }
        }
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    /** After the garbage is out. */
    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
