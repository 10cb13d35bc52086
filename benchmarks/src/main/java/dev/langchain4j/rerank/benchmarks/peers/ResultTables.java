package dev.langchain4j.rerank.benchmarks.peers;

import dev.langchain4j.rerank.benchmarks.Machine;
import dev.langchain4j.rerank.benchmarks.peers.Results.Comparison;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as Markdown. */
final class ResultTables {

    private final Machine machine;
    private final String command;
    private final Map<Contender, String> versions;
    private final StringBuilder text = new StringBuilder();

    ResultTables(Machine machine, String command, Map<Contender, String> versions) {
        this.machine = machine;
        this.command = command;
        this.versions = versions;
    }

    String of(List<Comparison> comparisons) {
        line("# Side by side");
        line("");
        line("`%s`, %s. %s", command, LocalDate.now(ZoneOffset.UTC), machine.line());
        line(
                "Times are medians in ms; a ratio is the median, over the rounds, of a time to this library's in the same round.");
        comparisons.forEach(this::table);
        line("");
        line("## Versions");
        line("");
        versions.forEach((contender, version) -> line("- %s: %s", contender.title(), version));
        return text.toString();
    }

    private void table(Comparison comparison) {
        line("");
        line("## %s: %d passages", comparison.workload(), comparison.passages());
        line("");
        line("| | ms | ratio | rounds | from | to |");
        line("|---|---:|---:|---:|---:|---:|");
        comparison
                .millis()
                .forEach((contender, times) -> line(
                        "| %s | %,.0f | %.2f | %d | %,.0f | %,.0f |",
                        contender.title(),
                        comparison.median(contender),
                        comparison.ratio(contender),
                        times.size(),
                        times.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                        times.stream().mapToDouble(Double::doubleValue).max().orElseThrow()));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
