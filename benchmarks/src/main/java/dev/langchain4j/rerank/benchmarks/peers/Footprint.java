package dev.langchain4j.rerank.benchmarks.peers;

import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What memory a call takes, each in a fresh process with a heap of 256 MB, and how its time grows with the candidates.
 * Prints both.
 */
public final class Footprint {

    private static final int FILLED = 200;
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int VERY_MANY = 5_000;

    private static final int ROUNDS = 2;
    private static final int CALLS_OF_FEW = 2;

    private final Path log;

    private Footprint(Path log) {
        this.log = log;
    }

    public static void main(String[] arguments) {
        Footprint footprint = new Footprint(ProjectDirectory.root().resolve("benchmarks/target/footprint.log"));
        Workload shorts = Workload.read("short");
        Workload filled = Workload.read("long").filled(FILLED);
        print(
                "%s%n%n| fresh process, one call of | | resident at most |%n|---|---|---:|",
                Machine.here().line());
        footprint.peak("%d short passages".formatted(FEW), Contender.OURS, shorts.of(FEW));
        footprint.peak("%d short passages".formatted(VERY_MANY), Contender.OURS, shorts.of(VERY_MANY));
        footprint.peak("%d pairs of 512 tokens".formatted(FILLED), Contender.OURS, filled);
        footprint.growth(Workload.read("main"));
        footprint.peak("%d pairs of 512 tokens".formatted(FILLED), Contender.LANGCHAIN4J, filled);
    }

    private void peak(String load, Contender contender, Workload workload) {
        try (WorkerProcess worker = new WorkerProcess(contender, log)) {
            long bytes = worker.score(workload).peakBytes();
            print("| %s | %s | %,d MB |", load, contender.title(), bytes / 1_000_000);
        }
    }

    /** Many candidates between calls of few, so that other work on the machine meets both. */
    private void growth(Workload workload) {
        List<Double> ratios = new ArrayList<>();
        try (WorkerProcess worker = new WorkerProcess(Contender.OURS, log)) {
            worker.score(workload);
            for (int round = 0; round < ROUNDS; round++) {
                List<Double> few = new ArrayList<>(few(worker, workload));
                double many = worker.score(workload.of(MANY)).millis();
                few.addAll(few(worker, workload));
                ratios.add(many / MANY / (Results.median(few) / FEW));
            }
        }
        print(
                "%nA candidate of a call of %d takes %.2f times as long as one of a call of %d%n",
                MANY, Results.median(ratios), FEW);
    }

    private static List<Double> few(WorkerProcess worker, Workload workload) {
        return Stream.generate(() -> worker.score(workload.of(FEW)).millis())
                .limit(CALLS_OF_FEW)
                .toList();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
