package dev.langchain4j.rerank.benchmarks.peers;

import dev.langchain4j.rerank.benchmarks.Report;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The memory of a call, each in a fresh process with a heap of 256 MB, and the growth of its duration with the number
 * of candidates.
 */
public final class Footprint {

    private static final int FILLED = 200;
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int VERY_MANY = 5_000;

    private static final int ROUNDS = 3;
    private static final int QUICK_ROUNDS = 1;
    private static final int CALLS_OF_FEW = 2;

    private final Path log = ProjectDirectory.root().resolve("benchmarks/target/footprint.log");
    private final Report report;
    private final List<Peak> peaks = new ArrayList<>();

    private Footprint(Report report) {
        this.report = report;
    }

    /** The peak memory of one fresh process. */
    private record Peak(String load, String contender, long bytes) {

        double over(Peak other) {
            return (double) bytes / other.bytes;
        }
    }

    /** Accepts {@code --quick} for one round of the growth instead of {@value #ROUNDS}. */
    public static void main(String[] arguments) {
        boolean quick = List.of(arguments).contains("--quick");
        String command =
                String.join(" ", List.of("memory", String.join(" ", arguments))).trim();
        try (Report report = new Report("memory", "Memory of a call, and how its time grows", command, quick)) {
            Footprint footprint = new Footprint(report);
            footprint.peaks();
            footprint.growth(Workload.read("main"), quick ? QUICK_ROUNDS : ROUNDS);
        }
    }

    private void peaks() {
        Workload shorts = Workload.read("short");
        Workload filled = Workload.read("long").filled(FILLED);
        report.line("| fresh process, heap 256 MB, one call of | | maximum resident memory |%n|---|---|---:|");
        Peak few = peak("%,d short passages".formatted(FEW), Contender.OURS, shorts.of(FEW));
        Peak many = peak("%,d short passages".formatted(VERY_MANY), Contender.OURS, shorts.of(VERY_MANY));
        Peak ours = peak("%d pairs of 512 tokens".formatted(FILLED), Contender.OURS, filled);
        Peak theirs = peak("%d pairs of 512 tokens".formatted(FILLED), Contender.LANGCHAIN4J, filled);
        report.line(
                "%n%,d candidates need %.2f times the memory of %,d; %d pairs of 512 tokens need %.3f times that of LangChain4j's way.",
                VERY_MANY, many.over(few), FEW, FILLED, ours.over(theirs));
        report.raw("peaks", peaks);
    }

    private Peak peak(String load, Contender contender, Workload workload) {
        try (WorkerProcess worker = new WorkerProcess(contender, log)) {
            Peak peak = new Peak(load, contender.title(), worker.score(workload).peakBytes());
            report.line("| %s | %s | %,d MB |", load, contender.title(), peak.bytes / 1_000_000);
            peaks.add(peak);
            return peak;
        }
    }

    /** Measures many candidates between calls with few, so that other work on the machine affects both. */
    private void growth(Workload workload, int rounds) {
        List<Double> ratios = new ArrayList<>();
        try (WorkerProcess worker = new WorkerProcess(Contender.OURS, log)) {
            worker.score(workload);
            for (int round = 0; round < rounds; round++) {
                List<Double> few = new ArrayList<>(few(worker, workload));
                double many = worker.score(workload.of(MANY)).millis();
                few.addAll(few(worker, workload));
                ratios.add(many / MANY / (Results.median(few) / FEW));
            }
        }
        report.line(
                "%nA candidate takes %2$.2f times as long in a call of %1$,d as in a call of %3$d (median of %4$d rounds).",
                MANY, Results.median(ratios), FEW, rounds);
        report.raw("timeACandidateOf%dToThatOf%d".formatted(MANY, FEW), ratios);
    }

    private static List<Double> few(WorkerProcess worker, Workload workload) {
        return Stream.generate(() -> worker.score(workload.of(FEW)).millis())
                .limit(CALLS_OF_FEW)
                .toList();
    }
}
