package dev.langchain4j.rerank.benchmarks.peers;

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

    private final Path log;

    Footprint(Path log) {
        this.log = log;
    }

    void measure(boolean quick, Results results) {
        Workload main = Workload.read("main");
        Workload filled = Workload.read("long").filled(FILLED);
        System.out.println("Memory and growth");
        results.peak("%d candidates of 512 tokens".formatted(FILLED), Contender.OURS, peak(Contender.OURS, filled));
        results.peak("%,d candidates".formatted(FEW), Contender.OURS, peak(Contender.OURS, main.of(FEW)));
        linearity(main, quick ? 1 : 3, results);
        if (!quick) {
            results.peak(
                    "%d candidates of 512 tokens".formatted(FILLED),
                    Contender.LANGCHAIN4J,
                    peak(Contender.LANGCHAIN4J, filled));
            results.peak("%,d candidates".formatted(VERY_MANY), Contender.OURS, peak(Contender.OURS, main.of(VERY_MANY)));
        }
    }

    private long peak(Contender contender, Workload workload) {
        try (WorkerProcess worker = new WorkerProcess(contender, log)) {
            return worker.score(workload).peakBytes();
        }
    }

    /** Many candidates between two calls of few, so that other work on the machine meets both. */
    private void linearity(Workload main, int rounds, Results results) {
        try (WorkerProcess worker = new WorkerProcess(Contender.OURS, log)) {
            worker.score(main);
            for (int round = 0; round < rounds; round++) {
                List<Double> few = new ArrayList<>(few(worker, main));
                double many = worker.score(main.of(MANY)).millis();
                few.addAll(few(worker, main));
                results.growth(many / MANY / (Results.median(few) / FEW));
            }
        }
    }

    private static List<Double> few(WorkerProcess worker, Workload main) {
        return Stream.generate(() -> worker.score(main.of(FEW)).millis()).limit(3).toList();
    }
}
