package dev.langchain4j.rerank.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an evaluation measured: a row for the retrieval order and one for each configuration and depth. Immutable. */
public final class EvaluationResult {

    private final List<Measure> measures;
    private final List<Row> rows;
    private final int queries;

    EvaluationResult(List<Measure> measures, List<Row> rows, int queries) {
        this.measures = measures;
        this.rows = List.copyOf(rows);
        this.queries = queries;
    }

    /** What quality was measured by, in the order of the table's columns; the first is the one that charts show. */
    public List<Measure> measures() {
        return measures;
    }

    /** The retrieval order first, then each configuration in the order given, from its first depth to its last. */
    public List<Row> rows() {
        return rows;
    }

    /** Judged queries, those without candidates included: what every mean is over. */
    public int queries() {
        return queries;
    }

    /** The rows as a Markdown table, aligned so that it reads as text too; means to 4 decimals, latencies in milliseconds. */
    public String toMarkdown() {
        MarkdownTable table = new MarkdownTable(header());
        rows.forEach(row -> table.add(cells(row)));
        return table.toString();
    }

    /** The table of {@link #toMarkdown()}. */
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

    /** What was measured of one configuration at one depth. */
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

        /** The name given to the configuration, or {@code retrieval order}. */
        public String configuration() {
            return configuration;
        }

        /** Candidates that were reranked at most; 0 for the retrieval order. */
        public int depth() {
            return depth;
        }

        /** How long a query took; null for the retrieval order, which costs nothing here. */
        public @Nullable Latency latency() {
            return latency;
        }

        /**
         * The mean over all judged queries, those without candidates counting as 0.
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
         * The value of each judged query by query id, for tests of significance and for looking at what got worse.
         *
         * @param measure one of {@link EvaluationResult#measures()}
         */
        public Map<String, Double> values(Measure measure) {
            Map<String, Double> perQuery = values.get(measure);
            if (perQuery == null) {
                throw new IllegalArgumentException("%s was not measured, only %s were: add it to measures(...)"
                        .formatted(measure.name(), values.keySet()));
            }
            return Collections.unmodifiableMap(perQuery);
        }

        /** Name and depth. */
        @Override
        public String toString() {
            return "%s, depth %d".formatted(configuration, depth);
        }
    }

    /**
     * How long a query took: of all timed queries the one that a share of 50 or 95 per cent did not exceed (nearest rank, no
     * interpolation).
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
