package dev.langchain4j.rerank.benchmarks.peers;

import dev.langchain4j.rerank.benchmarks.Machine;
import dev.langchain4j.rerank.benchmarks.Report;
import dev.langchain4j.rerank.benchmarks.peers.WorkerProcess.Measured;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Scores the same pairs with every contender, in turn, round by round, and writes what each took. The order within a
 * round is drawn anew, so that other work on the machine meets all; the ratios of one round are of the same minutes.
 */
public final class SideBySide {

    private static final long SEED = 20261125;

    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Path log;
    private final Machine machine;
    private final Random random = new Random(SEED);

    private final Results results;

    private SideBySide(Machine machine, Path log, Results results) {
        this.machine = machine;
        this.log = log;
        this.results = results;
    }

    /**
     * Takes {@code --quick} for two rounds without the long passages, {@code --no-python} to leave the Python peers out,
     * {@code --no-long} to leave the long passages out, and {@code --rounds=N}.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> options = Arrays.asList(arguments);
        boolean quick = options.contains("--quick");
        boolean python = !options.contains("--no-python");
        int rounds = options.stream()
                .filter(option -> option.startsWith("--rounds="))
                .map(option -> Integer.parseInt(option.substring("--rounds=".length())))
                .findFirst()
                .orElse(quick ? 2 : 7);
        Path folder = Report.folder(quick);
        Path log = ProjectDirectory.root().resolve("benchmarks/target/peers.log");
        Files.deleteIfExists(log);
        Machine machine = Machine.here();
        Results results = new Results(folder, machine, command(options));
        new SideBySide(machine, log, results).compare(python, !quick && !options.contains("--no-long"), rounds);
        System.out.println(Files.readString(folder.resolve("peers.md")));
        System.out.println("Written to " + folder);
    }

    private static String command(List<String> options) {
        return "./benchmarks/run " + String.join(" ", options);
    }

    private void compare(boolean python, boolean longPassages, int rounds) throws IOException {
        try {
            for (Contender contender : Contender.values()) {
                if (python || !contender.python()) {
                    System.out.println("Starting " + contender.title());
                    WorkerProcess worker = new WorkerProcess(contender, log);
                    workers.add(worker);
                    results.version(contender, worker.version());
                }
            }
            round(
                    workers.stream().filter(this::atHome).toList(),
                    Workload.read("short"),
                    new EnumMap<>(Contender.class));
            rounds(Workload.read("main"), rounds);
            rounds(Workload.read("short"), rounds);
            if (longPassages) {
                rounds(Workload.read("long"), (rounds + 1) / 2);
            }
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    private void rounds(Workload workload, int rounds) throws IOException {
        Map<Contender, List<Measured>> measured = new EnumMap<>(Contender.class);
        List<WorkerProcess> home = workers.stream().filter(this::atHome).toList();
        for (int round = 1; round <= rounds; round++) {
            System.out.printf("%s: round %d of %d%n", workload.name(), round, rounds);
            boolean once = round == 1 && workload.name().equals("short");
            round(once ? workers : home, workload, measured);
        }
        results.add(workload, measured);
        results.write();
    }

    /** Whether the CPU has the arithmetic for a contender; where it has not, minutes for one call show enough. */
    private boolean atHome(WorkerProcess worker) {
        return !worker.contender().bf16() || machine.bf16();
    }

    private void round(List<WorkerProcess> contenders, Workload workload, Map<Contender, List<Measured>> measured) {
        List<WorkerProcess> order = new ArrayList<>(contenders);
        Collections.shuffle(order, random);
        for (WorkerProcess worker : order) {
            Measured took = worker.score(workload);
            System.out.printf(
                    "  %,9.0f ms  %s%n", took.millis(), worker.contender().title());
            measured.computeIfAbsent(worker.contender(), contender -> new ArrayList<>())
                    .add(took);
        }
    }
}
