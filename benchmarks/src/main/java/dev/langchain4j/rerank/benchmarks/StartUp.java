package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.benchmarks.peers.Machine;
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
 * How long a fresh JVM takes until the model in the jar is ready, and for its first call. Starts itself over and over;
 * the first start fills the system's file cache and does not count.
 */
public final class StartUp {

    private static final int STARTS = 15;

    private StartUp() {}

    /** Without arguments starts the JVMs; they run with one. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            start();
        } else {
            startAll();
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
            print(
                    "%.1f %.1f %.1f %.1f",
                    (ready - start) / 1e6, processor, (first - ready) / 1e6, (second - first) / 1e6);
        }
    }

    /** Of all threads of this JVM, its compilers included; unlike time, it hardly depends on other work on the machine. */
    private static double processorMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(0L);
    }

    private static void startAll() throws IOException, InterruptedException {
        jvm();
        List<double[]> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            starts.add(jvm());
        }
        print("%s%n%d fresh JVMs, files in the system's cache%n", Machine.here().line(), STARTS);
        print("| | median | from | to |%n|---|---:|---:|---:|");
        row("model and tokenizer ready, one pair scored", starts, 0);
        row("the processor time of that, all threads", starts, 1);
        row("first call, 30 short passages", starts, 2);
        row("second call, the same", starts, 3);
    }

    private static void row(String what, List<double[]> starts, int column) {
        double[] millis =
                starts.stream().mapToDouble(start -> start[column]).sorted().toArray();
        print("| %s | %.0f ms | %.0f ms | %.0f ms |", what, millis[STARTS / 2], millis[0], millis[STARTS - 1]);
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

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
