package dev.langchain4j.rerank.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.benchmarks.peers.Workload;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * One model, many callers: requests of 10 candidates from 1 to 64 threads, then by themselves and beside one of 1,000
 * candidates: throughput, processor time, the median and the 99th percentile.
 */
public final class UnderLoad {

    private static final List<Integer> CLIENTS = List.of(1, 2, 4, 16, 64);
    private static final int REQUESTS = 64;
    private static final int CANDIDATES = 10;
    private static final int LARGE = 1_000;
    private static final int LARGE_REQUESTS = 2;
    private static final int ROUNDS = 10;
    private static final int QUICK_ROUNDS = 1;
    private static final int SMALL_REQUESTS = 50;
    private static final int QUICK_SMALL_REQUESTS = 15;

    private static final long SEED = 20261129;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final MsMarcoMiniLmL12V2QuantizedScoringModel model;
    private final Random random = new Random(SEED);
    private final Workload workload = Workload.read("main");
    private final Report report;

    private UnderLoad(MsMarcoMiniLmL12V2QuantizedScoringModel model, Report report) {
        this.model = model;
        this.report = report;
    }

    /**
     * Measures each number of threads in {@value #ROUNDS} rounds, and {@value #SMALL_REQUESTS} small requests beside each
     * large one; with {@code --quick} one round and {@value #QUICK_SMALL_REQUESTS} requests.
     */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        boolean quick = List.of(arguments).contains("--quick");
        String command = quick ? "load --quick" : "load";
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Report report = new Report("load", "One model, many callers", command, quick);
                MsMarcoMiniLmL12V2QuantizedScoringModel model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            UnderLoad load = new UnderLoad(model, report);
            load.request(CANDIDATES);
            load.throughput(threads, quick ? QUICK_ROUNDS : ROUNDS);
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

    /**
     * Sends the same requests from each number of threads, in an order drawn anew for each round. The fastest round
     * shows the cost of a number of threads by itself: other work on the host only ever adds time.
     */
    private void throughput(ExecutorService threads, int rounds) throws InterruptedException, ExecutionException {
        Map<Integer, List<Answered>> answered = new TreeMap<>();
        List<Integer> order = new ArrayList<>(CLIENTS);
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (int clients : order) {
                answered.computeIfAbsent(clients, none -> new ArrayList<>()).add(answer(threads, clients));
            }
        }
        report.line("%d requests of %d candidates in each of %d rounds.%n", REQUESTS, CANDIDATES, rounds);
        report.line("| threads | requests per second: fastest round | median | to one thread: fastest rounds |"
                + " median of rounds | processor time per request: least | p50 | p99 |");
        report.line("|---:|---:|---:|---:|---:|---:|---:|---:|");
        answered.forEach((clients, blocks) -> tell(clients, blocks, answered.getOrDefault(1, List.of())));
        report.raw("threads", answered);
    }

    private void tell(int clients, List<Answered> blocks, List<Answered> one) {
        List<Double> seconds = blocks.stream().map(Answered::seconds).toList();
        List<Double> secondsOfOne = one.stream().map(Answered::seconds).toList();
        List<Double> ratios = IntStream.range(0, blocks.size())
                .mapToObj(round -> secondsOfOne.get(round) / seconds.get(round))
                .toList();
        List<Double> processorSeconds =
                blocks.stream().map(Answered::processorSeconds).toList();
        List<Double> millis =
                blocks.stream().flatMap(block -> block.millis().stream()).toList();
        report.line(
                "| %d | %.2f | %.2f | %.2f | %.2f | %,.0f ms | %,.0f ms | %,.0f ms |",
                clients,
                REQUESTS / Collections.min(seconds),
                REQUESTS / percentile(seconds, 50),
                Collections.min(secondsOfOne) / Collections.min(seconds),
                percentile(ratios, 50),
                Collections.min(processorSeconds) * 1_000 / REQUESTS,
                percentile(millis, 50),
                percentile(millis, 99));
    }

    /** Sends all requests; each client sends its next one when it has the response to the last. */
    private Answered answer(ExecutorService threads, int clients) throws InterruptedException, ExecutionException {
        Callable<List<Double>> client = () -> {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < REQUESTS / clients; i++) {
                millis.add(request(CANDIDATES));
            }
            return millis;
        };
        long start = System.nanoTime();
        long processorStart = SYSTEM.getProcessCpuTime();
        List<Future<List<Double>>> answers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            answers.add(threads.submit(client));
        }
        List<Double> millis = new ArrayList<>();
        for (Future<List<Double>> answer : answers) {
            millis.addAll(answer.get());
        }
        double processorSeconds = (SYSTEM.getProcessCpuTime() - processorStart) / 1e9;
        return new Answered((System.nanoTime() - start) / 1e9, processorSeconds, millis);
    }

    /**
     * The cost of answering all requests.
     *
     * @param seconds elapsed time
     * @param processorSeconds of all processors together
     * @param millis of each request
     */
    record Answered(double seconds, double processorSeconds, List<Double> millis) {}

    /**
     * Sends a small request alone and one beside a large one, alternately, so that other work on the machine affects
     * both.
     */
    private void smallBesideLarge(ExecutorService threads, int requests)
            throws InterruptedException, ExecutionException {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        List<Double> large = new ArrayList<>();
        for (int round = 0; round < LARGE_REQUESTS; round++) {
            for (int i = 0; i < requests; i++) {
                alone.add(request(CANDIDATES));
            }
            Future<Double> running = threads.submit(() -> request(LARGE));
            for (int i = 0; i < requests; i++) {
                beside.add(request(CANDIDATES));
            }
            if (running.isDone()) {
                throw new IllegalStateException("the large request was over before the small ones beside it");
            }
            large.add(running.get());
        }
        report.line("%n| requests of %d candidates | p50 | p99 |%n|---|---:|---:|", CANDIDATES);
        report.line("| alone | %,.0f ms | %,.0f ms |", percentile(alone, 50), percentile(alone, 99));
        report.line(
                "| beside one of %,d, which takes %,.0f ms | %,.0f ms | %,.0f ms |",
                LARGE, percentile(large, 50), percentile(beside, 50), percentile(beside, 99));
        report.line(
                "%nThe p99 beside it is %.2f times the median alone.", percentile(beside, 99) / percentile(alone, 50));
        report.raw("small", Map.of("alone", alone, "beside", beside, "large", large));
    }

    /** Returns a percentile by nearest rank. */
    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
    }
}
