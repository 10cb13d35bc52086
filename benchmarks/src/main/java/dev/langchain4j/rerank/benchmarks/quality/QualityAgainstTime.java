package dev.langchain4j.rerank.benchmarks.quality;

import dev.langchain4j.rerank.benchmarks.Report;
import dev.langchain4j.rerank.benchmarks.quality.Cranfield.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Gain and cost of each way to rerank on Cranfield. All ways answer each query in turn, in an order drawn anew for
 * each, so that other work on the machine affects all.
 */
public final class QualityAgainstTime {

    private static final long SEED = 20261129;
    private static final int ALL_QUERIES = 225;
    private static final int QUICK_QUERIES = 20;
    private static final int QUERIES_ALONE = 2;
    private static final int QUERIES_A_LINE = 5;

    private final Cranfield cranfield = new Cranfield();
    private final List<Question> questions;
    private final List<Outcome> outcomes = new ArrayList<>();

    private QualityAgainstTime(int queries) {
        questions = cranfield.questions(queries);
    }

    /**
     * Accepts {@code --quick} for the first {@value #QUICK_QUERIES} queries, {@code --queries=N} for the first N, and
     * {@code --no-python} to omit the models created by a Python script.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> options = Arrays.asList(arguments);
        boolean quick = options.contains("--quick");
        QualityAgainstTime measurement = new QualityAgainstTime(queries(options, quick));
        try (Report report = new Report(
                        "quality",
                        "Quality against time",
                        String.join(" ", List.of("quality", String.join(" ", options)))
                                .trim(),
                        quick);
                Ways ways = new Ways(measurement.cranfield.documents())) {
            ways.all(!options.contains("--no-python")).forEach(way -> measurement.outcomes.add(new Outcome(way)));
            measurement.answer();
            measurement.tell(report);
            measurement.chart(quick);
        }
    }

    private static int queries(List<String> options, boolean quick) {
        return options.stream()
                .filter(option -> option.startsWith("--queries="))
                .map(option -> Integer.parseInt(option.substring("--queries=".length())))
                .findFirst()
                .orElse(quick ? QUICK_QUERIES : ALL_QUERIES);
    }

    private void answer() {
        outcomes.forEach(outcome -> outcome.warmUp(questions.get(0)));
        Random random = new Random(SEED);
        List<Outcome> order = new ArrayList<>(outcomes);
        long start = System.nanoTime();
        for (int done = 1; done <= questions.size(); done++) {
            Question question = questions.get(done - 1);
            Collections.shuffle(order, random);
            order.forEach(outcome -> outcome.answer(question, cranfield));
            if (done % QUERIES_A_LINE == 0 || done == questions.size()) {
                progress(done, (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private void progress(int done, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%d of %d queries by %d ways; about %.0f s left%n",
                done,
                questions.size(),
                outcomes.size(),
                seconds / done * (questions.size() - done));
    }

    private void tell(Report report) {
        Outcome all = named(Ways.ALL);
        report.line(
                "%d queries of Cranfield, the first %d candidates of BM25. Times are medians over the queries, ratios medians of"
                        + " the time divided by that of \"%s\" for the same query. Differences are of logits, the largest / the"
                        + " mean. The last column: the largest difference of a score if the text is scored alone.%n",
                questions.size(), Ways.CANDIDATES, Ways.ALL);
        report.line("| | | nDCG@10 | ms per query | ratio | from the jar's scores | from fp32 | alone |");
        report.line("|---:|---|---:|---:|---:|---:|---:|---:|");
        for (Outcome outcome : outcomes) {
            report.line(
                    "| %d | %s | %.4f | %,.1f | %.2f | %s | %s | %s |",
                    outcomes.indexOf(outcome) + 1,
                    outcome.way().name(),
                    outcome.meanQuality(),
                    outcome.medianMillis(),
                    outcome.medianRatio(all),
                    differences(outcome, Ways.ALL),
                    differences(outcome, Ways.FLOAT),
                    alone(outcome));
        }
        report.line("%n![nDCG@10 against time](quality.svg)");
        report.raw("queries", questions.stream().map(Question::id).toList());
        report.raw("ways", outcomes.stream().map(QualityAgainstTime::raw).toList());
    }

    private static Map<String, Object> raw(Outcome outcome) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("name", outcome.way().name());
        raw.put("depth", outcome.way().depth());
        raw.put("millis", outcome.millis());
        raw.put("ndcg10", outcome.quality());
        return raw;
    }

    private Outcome named(String name) {
        return outcomes.stream()
                .filter(outcome -> outcome.way().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String differences(Outcome outcome, String other) {
        boolean measured = outcomes.stream().anyMatch(one -> one.way().name().equals(other));
        if (!measured || !outcome.way().answersLogits() || outcome.way().name().equals(other)) {
            return "";
        }
        DoubleSummaryStatistics differences = outcome.differences(named(other));
        return String.format(Locale.ROOT, "%.4f / %.4f", differences.getMax(), differences.getAverage());
    }

    private String alone(Outcome outcome) {
        if (!outcome.way().answersLogits() || outcome.way().depth() < Ways.CANDIDATES) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%.1e",
                outcome.movedByNeighbours(questions.subList(0, Math.min(QUERIES_ALONE, questions.size()))));
    }

    private void chart(boolean quick) throws IOException {
        Files.writeString(Report.folder(quick).resolve("quality.svg"), ScatterChart.of(outcomes));
    }
}
