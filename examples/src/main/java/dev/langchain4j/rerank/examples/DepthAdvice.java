package dev.langchain4j.rerank.examples;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Row;
import dev.langchain4j.rerank.evaluation.Measure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Advice on the reranker and the depth for a time budget. */
final class DepthAdvice {

    /** A difference in quality that is not worth more time: well below the resolution of 30 to 50 queries. */
    private static final double NO_DIFFERENCE = 0.005;

    /** Share of the maximum throughput of a machine: near the maximum, waiting times grow without bounds. */
    private static final double PLANNED_LOAD = 0.65;

    private final EvaluationResult result;
    private final Measure measure;

    DepthAdvice(EvaluationResult result) {
        this.result = result;
        this.measure = result.measures().get(0);
    }

    /** Returns the advice in sentences; the budget applies to the 95th percentile. */
    String forBudget(Duration budget) {
        List<Row> measured =
                result.rows().stream().filter(row -> row.latency() != null).toList();
        List<Row> fitting = measured.stream()
                .filter(row -> requireNonNull(row.latency()).p95().compareTo(budget) <= 0)
                .toList();
        if (fitting.isEmpty()) {
            Row fastest = measured.stream()
                    .min(Comparator.comparing(DepthAdvice::p95))
                    .orElseThrow();
            return "Nothing fits a budget of %s: the fastest, %s, took %s (p95). Allow more time, or rerank fewer or shorter passages."
                    .formatted(millis(budget), fastest, millis(p95(fastest)));
        }
        double best = fitting.stream().mapToDouble(this::quality).max().orElseThrow();
        Row retrieval = result.rows().get(0);
        if (best <= quality(retrieval) + NO_DIFFERENCE) {
            return String.format(
                    Locale.ROOT,
                    "For a budget of %s (p95): do not rerank. No reranker within it is better than retrieval alone, whose %s is %.3f.",
                    millis(budget),
                    measure.name(),
                    quality(retrieval));
        }
        return advice(
                fitting.stream()
                        .filter(row -> quality(row) >= best - NO_DIFFERENCE)
                        .min(Comparator.comparing(DepthAdvice::p95))
                        .orElseThrow(),
                budget);
    }

    private String advice(Row row, Duration budget) {
        double nanosPerCandidate = (double) p95(row).toNanos() / row.depth();
        double perSecond = 1e9 / requireNonNull(row.latency()).p50().toNanos();
        return String.format(
                Locale.ROOT,
                """
                For a budget of %s (p95): %s. %s is %.3f, retrieval alone has %.3f; p95 is %s.
                Time grows with depth, here by %.1f ms per candidate, so %s allow about %.0f candidates.
                This machine answers about %.1f such questions per second, one after another; plan for %.0f %% of that.""",
                millis(budget),
                row,
                measure.name(),
                quality(row),
                quality(result.rows().get(0)),
                millis(p95(row)),
                nanosPerCandidate / 1e6,
                millis(budget),
                budget.toNanos() / nanosPerCandidate,
                perSecond,
                100 * PLANNED_LOAD);
    }

    private double quality(Row row) {
        return row.mean(measure);
    }

    private static Duration p95(Row row) {
        return requireNonNull(row.latency(), "a row of a reranker has a latency")
                .p95();
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.0f ms", duration.toNanos() / 1e6);
    }
}
