package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.benchmarks.peers.Workload;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The time until the model in the jar is ready in a fresh JVM, and for its first call. The program starts itself
 * repeatedly; the first start fills the system's file cache and does not count.
 */
public final class StartUp {

    private static final int STARTS = 15;
    private static final int QUICK_STARTS = 5;

    private StartUp() {}

    /**
     * Accepts {@code --quick} for {@value #QUICK_STARTS} starts; the JVMs that it starts get the argument
     * {@code start}.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        if (options.contains("start")) {
            start();
        } else {
            startAll(options.contains("--quick"));
        }
    }

    private static void start() {
        Workload workload = Workload.read("short");
        List<TextSegment> segments =
                workload.passages().stream().map(TextSegment::from).toList();
        double before = processorMillis();
        long start = System.nanoTime();
        try (MsMarcoMiniLmL12V2QuantizedScoringModel model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            long ready = System.nanoTime();
            double processor = processorMillis() - before;
            model.scoreAll(segments, workload.query());
            long first = System.nanoTime();
            model.scoreAll(segments, workload.query());
            long second = System.nanoTime();
            System.out.println(String.format(
                    Locale.ROOT,
                    "%.1f %.1f %.1f %.1f",
                    (ready - start) / 1e6,
                    processor,
                    (first - ready) / 1e6,
                    (second - first) / 1e6));
        }
    }

    /**
     * Returns the processor time of all threads of this JVM, its compilers included; unlike elapsed time, it hardly
     * depends on other work on the machine.
     */
    private static double processorMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(0L);
    }

    private static void startAll(boolean quick) throws IOException, InterruptedException {
        int count = quick ? QUICK_STARTS : STARTS;
        String command = quick ? "startup --quick" : "startup";
        try (Report report = new Report("startup", "Time until the model in the jar is ready", command, quick)) {
            jvm();
            List<double[]> starts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                starts.add(jvm());
            }
            report.line("%d fresh JVMs, files in the system's cache%n", count);
            report.line("| | median | from | to |%n|---|---:|---:|---:|");
            row(report, "model and tokenizer ready, one pair scored", starts, 0);
            row(report, "its processor time, all threads", starts, 1);
            row(report, "first call, 30 short passages", starts, 2);
            row(report, "second call, the same", starts, 3);
        }
    }

    private static void row(Report report, String what, List<double[]> starts, int column) {
        double[] millis = starts.stream().mapToDouble(start -> start[column]).toArray();
        double[] sorted = Arrays.stream(millis).sorted().toArray();
        report.line(
                "| %s | %.0f ms | %.0f ms | %.0f ms |",
                what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        report.raw(what, millis);
    }

    private static double[] jvm() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Drerank.root=" + System.getProperty("rerank.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartUp.class.getName(),
                        "start")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a JVM that was started failed, see above");
        }
        return Arrays.stream(line.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
