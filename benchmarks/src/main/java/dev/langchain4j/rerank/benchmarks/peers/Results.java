package dev.langchain4j.rerank.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.langchain4j.rerank.benchmarks.Machine;
import dev.langchain4j.rerank.benchmarks.peers.WorkerProcess.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All measurements of one run, and the files written from them. */
final class Results {

    private final Path folder;
    private final Machine machine;
    private final String command;
    private final Map<Contender, String> versions = new LinkedHashMap<>();
    private final List<Comparison> comparisons = new ArrayList<>();

    Results(Path folder, Machine machine, String command) {
        this.folder = folder;
        this.machine = machine;
        this.command = command;
    }

    /**
     * One workload, scored by all contenders in turn.
     *
     * @param millis of each contender, one number per round
     * @param scores of each contender, in the first round
     */
    record Comparison(
            String workload, int passages, Map<Contender, List<Double>> millis, Map<Contender, List<Double>> scores) {

        double median(Contender contender) {
            return Results.median(times(contender));
        }

        /** Returns the median over the rounds of a contender's time divided by this library's in the same round. */
        double ratio(Contender contender) {
            List<Double> theirs = times(contender);
            List<Double> ours = times(Contender.OURS);
            return Results.median(IntStream.range(0, theirs.size())
                    .mapToObj(round -> theirs.get(round) / ours.get(round))
                    .toList());
        }

        private List<Double> times(Contender contender) {
            return millis.getOrDefault(contender, List.of());
        }
    }

    void version(Contender contender, String version) {
        versions.put(contender, version);
    }

    void add(Workload workload, Map<Contender, List<Measured>> measured) {
        Map<Contender, List<Double>> millis = new LinkedHashMap<>();
        Map<Contender, List<Double>> scores = new LinkedHashMap<>();
        for (Contender contender : Contender.values()) {
            List<Measured> rounds = measured.getOrDefault(contender, List.of());
            if (!rounds.isEmpty()) {
                millis.put(contender, rounds.stream().map(Measured::millis).toList());
                scores.put(contender, rounds.get(0).scores());
            }
        }
        comparisons.add(new Comparison(workload.name(), workload.passages().size(), millis, scores));
    }

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Writes {@code peers.json}, {@code peers.md} and {@code peers.svg} with the results so far. */
    void write() throws IOException {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("command", command);
        raw.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        raw.put("machine", machine);
        raw.put("loadAverageAfter", Machine.loadAverageNow());
        raw.put("versions", versions);
        raw.put("comparisons", comparisons);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("peers.json").toFile(), raw);
        Files.writeString(folder.resolve("peers.md"), new ResultTables(machine, command, versions).of(comparisons));
        Comparison charted = comparisons.get(0);
        Files.writeString(folder.resolve("peers.svg"), BarChart.of(charted, machine));
    }
}
