package dev.langchain4j.rerank.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What memory a call takes and how its time grows with the candidates, each measured in fresh processes. */
final class Footprint {

    private static final int FILLED = 200;
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int VERY_MANY = 5_000;

    private static final int ROUNDS = 3;
    private static final int CALLS_OF_FEW = 3;

    private final Path log;
    private final Results results;

    Footprint(Path log, Results results) {
        this.log = log;
        this.results = results;
    }

    void measure() throws IOException {
        Workload shorts = Workload.read("short");
        Workload filled = Workload.read("long").filled(FILLED);
        System.out.println("Memory and growth");
        peak("%,d candidates".formatted(FEW), Contender.OURS, shorts.of(FEW));
        peak("%,d candidates".formatted(VERY_MANY), Contender.OURS, shorts.of(VERY_MANY));
        growth(shorts);
        peak("%d candidates of 512 tokens".formatted(FILLED), Contender.OURS, filled);
        peak("%d candidates of 512 tokens".formatted(FILLED), Contender.LANGCHAIN4J, filled);
        results.write();
    }

    private void peak(String load, Contender contender, Workload workload) {
        try (WorkerProcess worker = new WorkerProcess(contender, log)) {
            results.peak(load, contender, worker.score(workload).peakBytes());
        }
    }

    /** Many candidates between calls of few, so that other work on the machine meets both. */
    private void growth(Workload workload) {
        try (WorkerProcess worker = new WorkerProcess(Contender.OURS, log)) {
            worker.score(workload);
            for (int round = 0; round < ROUNDS; round++) {
                List<Double> few = new ArrayList<>(few(worker, workload));
                double many = worker.score(workload.of(MANY)).millis();
                few.addAll(few(worker, workload));
                results.growth(many / MANY / (Results.median(few) / FEW));
            }
        }
    }

    private static List<Double> few(WorkerProcess worker, Workload workload) {
        return Stream.generate(() -> worker.score(workload.of(FEW)).millis())
                .limit(CALLS_OF_FEW)
                .toList();
    }
}
