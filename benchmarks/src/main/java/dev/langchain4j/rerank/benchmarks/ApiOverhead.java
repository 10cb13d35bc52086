package dev.langchain4j.rerank.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.api.ApiScoringModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * What the HTTP engine adds to a service: the time of a call without a network, and how near a split list comes to the
 * ideal over a stub that takes 20 ms for each request. Prints the median and the 95th percentile of each.
 */
public final class ApiOverhead {

    private static final int LATENCY_MILLIS = 20;
    private static final int LIMIT = 100;
    private static final int CONCURRENCY = 4;

    private ApiOverhead() {}

    /** Measures both. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else every answer is held back for 40 ms
        withoutNetwork(documents(LIMIT));
        split(documents(1_000));
    }

    private static void withoutNetwork(List<TextSegment> documents) {
        String answer = answer(documents.size());
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create(answer, MediaType.get("application/json")))
                        .build())
                .build();
        try (ApiScoringModel model = ApiScoringModel.cohere()
                .apiKey("key-of-the-benchmark")
                .okHttpClient(client)
                .build()) {
            measure("a call without a network, 100 documents", 5_000, () -> model.scoreAll(documents, "a query"));
        } finally {
            client.dispatcher().executorService().shutdown();
        }
    }

    private static void split(List<TextSegment> documents) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        byte[] answer = answer(LIMIT).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> answerLate(exchange, answer));
        server.start();
        try (ApiScoringModel model = ApiScoringModel.cohere()
                .apiKey("key-of-the-benchmark")
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .maxDocumentsPerRequest(LIMIT)
                .maxConcurrentRequests(CONCURRENCY)
                .build()) {
            double median = measure(
                    "1,000 documents, 100 a request, 4 at a time, 20 ms each",
                    100,
                    () -> model.scoreAll(documents, "a query"));
            int rounds = (documents.size() / LIMIT + CONCURRENCY - 1) / CONCURRENCY;
            print("ideal %d ms, so %.2f times the ideal", rounds * LATENCY_MILLIS, median / (rounds * LATENCY_MILLIS));
        } finally {
            server.stop(0);
            threads.shutdown();
        }
    }

    private static void answerLate(HttpExchange exchange, byte[] answer) throws IOException {
        long end = System.nanoTime() + LATENCY_MILLIS * 1_000_000L;
        exchange.getRequestBody().readAllBytes();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** The median in milliseconds, after as many calls to warm up. */
    private static double measure(String what, int calls, Runnable call) {
        double[] millis = new double[calls];
        for (int i = -calls; i < calls; i++) {
            long start = System.nanoTime();
            call.run();
            millis[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        double median = millis[calls / 2];
        print("%s: median %.3f ms, 95th percentile %.3f ms, %d calls", what, median, millis[calls * 95 / 100], calls);
        return median;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
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
