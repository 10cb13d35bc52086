package dev.langchain4j.rerank.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Runs a JMH benchmark and stores its results like those of all other measurements. */
public final class Jmh {

    private Jmh() {}

    /** Accepts the name of the results, the benchmark class, and further arguments of JMH. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        List<String> told = Arrays.asList(arguments).subList(2, arguments.length);
        boolean quick = told.contains("--quick");
        String[] options =
                told.stream().filter(option -> !option.equals("--quick")).toArray(String[]::new);
        String name = arguments[0];
        try (Report report =
                new Report(name, arguments[1] + ", by JMH", (name + " " + String.join(" ", told)).trim(), quick)) {
            ChainedOptionsBuilder jmh =
                    new OptionsBuilder().parent(new CommandLineOptions(options)).include(arguments[1]);
            if (quick) {
                jmh.forks(1).warmupIterations(1).measurementIterations(2);
            }
            tell(report, new Runner(jmh.build()).run());
        }
    }

    private static void tell(Report report, Collection<RunResult> results) {
        report.line("| | | time | 99.9 %% confidence |%n|---|---|---:|---:|");
        for (RunResult result : results) {
            Result<?> primary = result.getPrimaryResult();
            report.line(
                    "| %s | %s | %.3f %s | ± %.3f |",
                    primary.getLabel(),
                    result.getParams().getParamsKeys().stream()
                            .map(key -> result.getParams().getParam(key) + " " + key)
                            .collect(Collectors.joining(", ")),
                    primary.getScore(),
                    primary.getScoreUnit(),
                    primary.getScoreError());
            Statistics times = primary.getStatistics();
            report.raw(
                    result.getParams().id(),
                    Map.of(
                            "unit", primary.getScoreUnit(),
                            "iterations", times.getN(),
                            "mean", times.getMean(),
                            "least", times.getMin(),
                            "most", times.getMax()));
        }
    }
}
