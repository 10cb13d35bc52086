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
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Scores the same pairs with every contender, in turn, round by round, and writes the time of each. The order within a
 * round is drawn anew, so that other work on the machine affects all; the ratios of one round are from the same
 * minutes.
 */
public final class SideBySide {

    private static final long SEED = 20261125;

    private final Map<Contender, WorkerProcess> workers = new EnumMap<>(Contender.class);
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
     * Accepts {@code --quick} for two rounds without the long passages, {@code --no-python} to omit the Python peers,
     * {@code --no-long} to omit the long passages, and {@code --rounds=N}.
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
        return ("./benchmarks/run " + String.join(" ", options)).trim();
    }

    private void compare(boolean python, boolean longPassages, int rounds) throws IOException {
        List<Contender> contenders = Stream.of(Contender.values())
                .filter(contender -> python || !contender.python())
                .toList();
        List<Contender> home = contenders.stream().filter(this::atHome).toList();
        try {
            contenders.forEach(this::start);
            Workload main = Workload.read("main");
            Workload small = Workload.read("short");
            round(home, small, this::ask);
            results.add(main, rounds(main, rounds, round -> home, this::ask));
            results.add(small, rounds(small, rounds, round -> round == 1 ? contenders : home, this::ask));
            results.write();
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
        if (longPassages) {
            Workload large = Workload.read("long");
            results.add(large, rounds(large, (rounds + 1) / 2, round -> home, this::askAlone));
            results.write();
        }
    }

    private void start(Contender contender) {
        System.out.println("Starting " + contender.title());
        WorkerProcess worker = new WorkerProcess(contender, log);
        workers.put(contender, worker);
        results.version(contender, worker.version());
    }

    /**
     * Returns whether the CPU has the arithmetic of a contender; without it, one call that takes minutes is sufficient
     * evidence.
     */
    private boolean atHome(Contender contender) {
        return !contender.bf16() || machine.bf16();
    }

    private Measured ask(Contender contender, Workload workload) {
        return Objects.requireNonNull(workers.get(contender)).score(workload);
    }

    /**
     * Scores in a process that ends afterwards: memory is too small for all contenders together after the long
     * passages, up to 9 GB each.
     */
    private Measured askAlone(Contender contender, Workload workload) {
        try (WorkerProcess worker = new WorkerProcess(contender, log)) {
            worker.score(workload);
            return worker.score(workload);
        }
    }

    private Map<Contender, List<Measured>> rounds(
            Workload workload,
            int rounds,
            IntFunction<List<Contender>> contenders,
            BiFunction<Contender, Workload, Measured> ask) {
        Map<Contender, List<Measured>> measured = new EnumMap<>(Contender.class);
        for (int round = 1; round <= rounds; round++) {
            System.out.printf("%s: round %d of %d%n", workload.name(), round, rounds);
            round(contenders.apply(round), workload, ask)
                    .forEach((contender, took) -> measured.computeIfAbsent(contender, none -> new ArrayList<>())
                            .add(took));
        }
        return measured;
    }

    private Map<Contender, Measured> round(
            List<Contender> contenders, Workload workload, BiFunction<Contender, Workload, Measured> ask) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.shuffle(order, random);
        Map<Contender, Measured> measured = new EnumMap<>(Contender.class);
        for (Contender contender : order) {
            Measured took = ask.apply(contender, workload);
            System.out.printf("  %,9.0f ms  %s%n", took.millis(), contender.title());
            measured.put(contender, took);
        }
        return measured;
    }
}
