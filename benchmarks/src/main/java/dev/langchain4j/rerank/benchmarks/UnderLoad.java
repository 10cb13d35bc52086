package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.benchmarks.peers.Workload;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One model, many callers: requests of 30 candidates from 1 to 64 threads, then requests of 10 candidates by themselves
 * and beside one of 1,000: throughput, the median and the 99th percentile.
 */
public final class UnderLoad {

    private static final List<Integer> CLIENTS = List.of(1, 2, 4, 16, 64);
    private static final int CANDIDATES = 30;
    private static final int SMALL = 10;
    private static final int LARGE = 1_000;
    private static final int LARGE_REQUESTS = 2;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 10;
    private static final int QUICK_SECONDS = 2;
    private static final int SMALL_REQUESTS = 50;
    private static final int QUICK_SMALL_REQUESTS = 15;

    private final MsMarcoMiniLmL12V2QuantizedScoringModel model;
    private final Workload workload = Workload.read("main");
    private final Report report;

    private UnderLoad(MsMarcoMiniLmL12V2QuantizedScoringModel model, Report report) {
        this.model = model;
        this.report = report;
    }

    /**
     * Measures each number of threads for {@value #SECONDS} seconds in each of {@value #ROUNDS} rounds, and {@value #SMALL_REQUESTS} small requests beside
     * each large one; with {@code --quick} {@value #QUICK_SECONDS} seconds and {@value #QUICK_SMALL_REQUESTS} requests.
     */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        boolean quick = List.of(arguments).contains("--quick");
        String command = quick ? "load --quick" : "load";
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Report report = new Report("load", "One model, many callers", command, quick);
                MsMarcoMiniLmL12V2QuantizedScoringModel model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            UnderLoad load = new UnderLoad(model, report);
            load.request(CANDIDATES);
            load.throughput(threads, Duration.ofSeconds(quick ? QUICK_SECONDS : SECONDS));
            load.smallBesideLarge(threads, quick ? QUICK_SMALL_REQUESTS : SMALL_REQUESTS);
        } finally {
            threads.shutdown();
        }
    }

    private double request(int candidates) {
        List<TextSegment> segments = workload.of(candidates).passages().stream()
                .map(TextSegment::from)
                .toList();
        long start = System.nanoTime();
        model.scoreAll(segments, workload.query());
        return (System.nanoTime() - start) / 1e6;
    }

    private void throughput(ExecutorService threads, Duration each) throws InterruptedException, ExecutionException {
        report.line("| threads, each with requests of %d candidates | requests a second | p50 | p99 |", CANDIDATES);
        report.line("|---:|---:|---:|---:|");
        Map<Integer, Double> seconds = new TreeMap<>();
        Map<Integer, List<Double>> millis = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) { // in turn, so that other work on the machine meets all
            for (int clients : CLIENTS) {
                long start = System.nanoTime();
                millis.computeIfAbsent(clients, none -> new ArrayList<>())
                        .addAll(clients(threads, clients, start + each.toNanos()));
                seconds.merge(clients, (System.nanoTime() - start) / 1e9, Double::sum);
            }
        }
        millis.forEach((clients, answers) -> {
            double took = seconds.getOrDefault(clients, 0.0);
            report.line(
                    "| %d | %.2f | %,.0f ms | %,.0f ms |",
                    clients, answers.size() / took, percentile(answers, 50), percentile(answers, 99));
            report.raw("threads" + clients, Map.of("seconds", took, "millis", answers));
        });
    }

    /** Each client sends its next request when it has the answer to the last, none after the end. */
    private List<Double> clients(ExecutorService threads, int clients, long end)
            throws InterruptedException, ExecutionException {
        Callable<List<Double>> client = () -> {
            List<Double> millis = new ArrayList<>();
            do {
                millis.add(request(CANDIDATES));
            } while (System.nanoTime() < end);
            return millis;
        };
        List<Future<List<Double>>> answers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            answers.add(threads.submit(client));
        }
        List<Double> all = new ArrayList<>();
        for (Future<List<Double>> answer : answers) {
            all.addAll(answer.get());
        }
        return all;
    }

    /** A small request alone and one beside a large one, in turn, so that other work on the machine meets both. */
    private void smallBesideLarge(ExecutorService threads, int requests)
            throws InterruptedException, ExecutionException {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        List<Double> large = new ArrayList<>();
        for (int round = 0; round < LARGE_REQUESTS; round++) {
            for (int i = 0; i < requests; i++) {
                alone.add(request(SMALL));
            }
            Future<Double> running = threads.submit(() -> request(LARGE));
            for (int i = 0; i < requests; i++) {
                beside.add(request(SMALL));
            }
            if (running.isDone()) {
                throw new IllegalStateException("the large request was over before the small ones beside it");
            }
            large.add(running.get());
        }
        report.line("%n| requests of %d candidates | p50 | p99 |%n|---|---:|---:|", SMALL);
        report.line("| alone | %,.0f ms | %,.0f ms |", percentile(alone, 50), percentile(alone, 99));
        report.line(
                "| beside one of %,d, which takes %,.0f ms | %,.0f ms | %,.0f ms |",
                LARGE, percentile(large, 50), percentile(beside, 50), percentile(beside, 99));
        report.line("%nThe p99 beside is %.2f times the median alone.", percentile(beside, 99) / percentile(alone, 50));
        report.raw("small", Map.of("alone", alone, "beside", beside, "large", large));
    }

    /** By nearest rank. */
    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
    }
}
