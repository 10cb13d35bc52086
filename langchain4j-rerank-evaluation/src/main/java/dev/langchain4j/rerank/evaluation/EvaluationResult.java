package dev.langchain4j.rerank.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an evaluation: one row for the retrieval order, and one for each configuration and depth. Immutable.
 */
public final class EvaluationResult {

    private final List<Measure> measures;
    private final List<Row> rows;
    private final int queries;

    EvaluationResult(List<Measure> measures, List<Row> rows, int queries) {
        this.measures = measures;
        this.rows = List.copyOf(rows);
        this.queries = queries;
    }

    /** Returns the quality measures in the order of the table's columns; charts show the first. */
    public List<Measure> measures() {
        return measures;
    }

    /**
     * Returns the rows: first the retrieval order, then each configuration in the order of the builder, with its depths
     * in the order given.
     */
    public List<Row> rows() {
        return rows;
    }

    /** Returns the number of judged queries, including those without candidates. Every mean is over all of them. */
    public int queries() {
        return queries;
    }

    /**
     * Returns the rows as a Markdown table with aligned columns, so that it is readable as plain text: means to 4
     * decimals, latencies in milliseconds.
     */
    public String toMarkdown() {
        MarkdownTable table = new MarkdownTable(header());
        rows.forEach(row -> table.add(cells(row)));
        return table.toString();
    }

    /** Returns the table of {@link #toMarkdown()}. */
    @Override
    public String toString() {
        return toMarkdown();
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("configuration", "depth"));
        measures.forEach(measure -> header.add(measure.name()));
        header.addAll(List.of("p50 ms", "p95 ms"));
        return header;
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.configuration(), Integer.toString(row.depth())));
        measures.forEach(measure -> cells.add(String.format(Locale.ROOT, "%.4f", row.mean(measure))));
        Latency latency = row.latency();
        cells.add(latency == null ? "-" : millis(latency.p50()));
        cells.add(latency == null ? "-" : millis(latency.p95()));
        return cells;
    }

    private static String millis(Duration latency) {
        return String.format(Locale.ROOT, "%.1f", latency.toNanos() / 1e6);
    }

    /** The measurements of one configuration at one depth. */
    public static final class Row {

        private final String configuration;
        private final int depth;
        private final @Nullable Latency latency;
        private final Map<Measure, Map<String, Double>> values;

        Row(String configuration, int depth, @Nullable Latency latency, Map<Measure, Map<String, Double>> values) {
            this.configuration = configuration;
            this.depth = depth;
            this.latency = latency;
            this.values = values;
        }

        /** Returns the name of the configuration, or {@code retrieval order}. */
        public String configuration() {
            return configuration;
        }

        /** Returns the maximum number of reranked candidates; 0 for the retrieval order. */
        public int depth() {
            return depth;
        }

        /** Returns the latency per query; null for the retrieval order, which costs nothing here. */
        public @Nullable Latency latency() {
            return latency;
        }

        /**
         * Returns the mean over all judged queries; those without candidates count as 0.
         *
         * @param measure one of {@link EvaluationResult#measures()}
         */
        public double mean(Measure measure) {
            return values(measure).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }

        /**
         * Returns the value of each judged query by query id, for significance tests and for finding the queries that
         * got worse.
         *
         * @param measure one of {@link EvaluationResult#measures()}
         */
        public Map<String, Double> values(Measure measure) {
            Map<String, Double> perQuery = values.get(measure);
            if (perQuery == null) {
                throw new IllegalArgumentException("%s was not measured, only %s: add it to measures(...)"
                        .formatted(measure.name(), values.keySet()));
            }
            return Collections.unmodifiableMap(perQuery);
        }

        /** Returns name and depth. */
        @Override
        public String toString() {
            return "%s, depth %d".formatted(configuration, depth);
        }
    }

    /**
     * The latency per query as two percentiles: the smallest measured latency that 50 or 95 per cent of the timed
     * queries did not exceed (nearest rank, no interpolation).
     *
     * @param p50 the median
     * @param p95 the 95th percentile
     */
    public record Latency(Duration p50, Duration p95) {

        static Latency of(List<Duration> latencies) {
            List<Duration> sorted = latencies.stream().sorted().toList();
            return new Latency(percentile(sorted, 50), percentile(sorted, 95));
        }

        private static Duration percentile(List<Duration> sorted, int percent) {
            return sorted.get((percent * sorted.size() + 99) / 100 - 1);
        }
    }
}
