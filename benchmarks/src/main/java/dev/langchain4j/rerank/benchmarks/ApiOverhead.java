package dev.langchain4j.rerank.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.api.ApiScoringModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.ResponseBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The overhead of the HTTP engine: a call of 100 documents without a network, and 1,000 documents, 100 per request and
 * 4 requests at a time, over a stub that takes 20 ms for each. The ideal of the latter is three rounds: 60 ms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Dsun.net.httpserver.nodelay=true") // otherwise each response is delayed by 40 ms
public class ApiOverhead {

    private static final int LATENCY_MILLIS = 20;
    private static final int LIMIT = 100;
    private static final int CONCURRENCY = 4;

    /** A service without a network: an interceptor that returns the response. */
    @State(Scope.Benchmark)
    public static class WithoutNetwork {

        private final List<TextSegment> documents = documents(LIMIT);
        private OkHttpClient client;
        private ApiScoringModel model;

        @Setup
        public void setUp() {
            String answer = answer(LIMIT);
            client = new OkHttpClient.Builder()
                    .addInterceptor(chain -> new okhttp3.Response.Builder()
                            .request(chain.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(200)
                            .message("OK")
                            .body(ResponseBody.create(answer, MediaType.get("application/json")))
                            .build())
                    .build();
            model = ApiScoringModel.cohere()
                    .apiKey("key-of-the-benchmark")
                    .okHttpClient(client)
                    .build();
        }

        @TearDown
        public void tearDown() {
            model.close();
            client.dispatcher().executorService().shutdown();
        }
    }

    /** A stub of a service on this machine. */
    @State(Scope.Benchmark)
    public static class Stub {

        private final List<TextSegment> documents = documents(1_000);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private HttpServer server;
        private ApiScoringModel model;

        @Setup
        public void setUp() throws IOException {
            byte[] answer = answer(LIMIT).getBytes(StandardCharsets.UTF_8);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answerLate(exchange, answer));
            server.start();
            model = ApiScoringModel.cohere()
                    .apiKey("key-of-the-benchmark")
                    .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .maxDocumentsPerRequest(LIMIT)
                    .maxConcurrentRequests(CONCURRENCY)
                    .build();
        }

        @TearDown
        public void tearDown() {
            model.close();
            server.stop(0);
            threads.shutdown();
        }
    }

    @Benchmark
    public Response<List<Double>> callWithoutNetwork(WithoutNetwork service) {
        return service.model.scoreAll(service.documents, "a query");
    }

    @Benchmark
    public Response<List<Double>> tenRequestsOfTwentyMillis(Stub service) {
        return service.model.scoreAll(service.documents, "a query");
    }

    private static void answerLate(HttpExchange exchange, byte[] answer) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATENCY_MILLIS);
        exchange.getRequestBody().readAllBytes();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static List<TextSegment> documents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TextSegment.from("Document " + i + ", a sentence about rivers and valleys."))
                .toList();
    }

    private static String answer(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"index\":%d,\"relevance_score\":0.%d}".formatted(count - 1 - i, 1 + i))
                .collect(Collectors.joining(",", "{\"results\":[", "]}"));
    }
}
