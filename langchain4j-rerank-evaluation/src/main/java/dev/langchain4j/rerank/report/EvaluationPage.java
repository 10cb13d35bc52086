package dev.langchain4j.rerank.report;

import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Latency;
import dev.langchain4j.rerank.evaluation.EvaluationResult.Row;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.report.Chart.Point;
import dev.langchain4j.rerank.report.Chart.Series;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The page of an {@link EvaluationReport}. */
final class EvaluationPage {

    private final EvaluationResult result;
    private final String title;
    private final Measure quality;
    private final Row baseline;
    private final List<Row> reranked;
    private final Row best;

    EvaluationPage(EvaluationResult result, String title) {
        this.result = result;
        this.title = title;
        this.quality = result.measures().get(0);
        this.baseline = result.rows().get(0);
        this.reranked = result.rows().subList(1, result.rows().size());
        this.best = reranked.stream()
                .max(Comparator.comparingDouble(row -> row.mean(quality)))
                .orElseThrow();
    }

    String html() {
        return Page.of(title, page -> {
            header(page);
            charts(page);
            table(page);
        });
    }

    private void header(Html page) {
        page.begin("header").element("p", "Evaluation", "class", "eyebrow").element("h1", title, "dir", "auto");
        page.begin("ul", "class", "tiles", "role", "list");
        tile(page, Integer.toString(result.queries()), "judged queries");
        tile(page, Numbers.quality(baseline.mean(quality)), quality.name() + " of the retrieval order");
        tile(page, Numbers.quality(best.mean(quality)), "best: %s".formatted(best));
        tile(page, Numbers.millis(latency(best).p50()) + " ms", "median latency per query of the best");
        page.end().end();
    }

    private static void tile(Html page, String number, String label) {
        page.begin("li").element("b", number).text(" " + label).end();
    }

    private void charts(Html page) {
        page.begin("section").element("h2", quality.name() + " and its cost");
        page.begin("ul", "class", "series", "role", "list");
        List<String> names = byConfiguration().keySet().stream().toList();
        for (int i = 0; i < names.size(); i++) {
            page.begin("li");
            Chart.mark(page, i);
            page.text(" " + names.get(i)).end();
        }
        page.end().begin("div", "class", "charts");
        Axis up = Axis.linear(
                quality.name(),
                result.rows().stream().map(row -> row.mean(quality)).toList());
        Axis millis = Axis.ofMillis(
                "p50 per query, ms",
                reranked.stream().map(EvaluationPage::millis).toList());
        draw(
                new Chart(page, millis, up),
                "Quality against latency; labels are depths",
                row -> point(row, millis(row), Integer.toString(row.depth())));
        Axis depth = Axis.linear(
                "candidates reranked",
                result.rows().stream().map(row -> (double) row.depth()).toList());
        draw(new Chart(page, depth, up), "Quality against depth", row -> point(row, row.depth(), ""));
        page.end().end();
    }

    private void draw(Chart chart, String title, Function<Row, Point> point) {
        List<Series> series = byConfiguration().values().stream()
                .map(rows -> new Series(rows.stream().map(point).toList()))
                .toList();
        chart.draw(title, baseline.configuration(), baseline.mean(quality), series);
    }

    private Point point(Row row, double x, String label) {
        return new Point(
                x,
                row.mean(quality),
                label,
                "%s: %s %s, p50 %s ms"
                        .formatted(
                                row,
                                quality.name(),
                                Numbers.quality(row.mean(quality)),
                                Numbers.millis(latency(row).p50())));
    }

    /** Returns the rows of each configuration, sorted by depth. */
    private Map<String, List<Row>> byConfiguration() {
        return reranked.stream()
                .sorted(Comparator.comparingInt(Row::depth))
                .collect(Collectors.groupingBy(Row::configuration, LinkedHashMap::new, Collectors.toList()));
    }

    private void table(Html page) {
        page.begin("section").element("h2", "All numbers", "id", "numbers");
        page.begin("div", "class", "scroll", "role", "region", "aria-labelledby", "numbers", "tabindex", "0");
        page.begin("table").begin("thead").begin("tr");
        page.element("th", "configuration", "scope", "col").element("th", "depth", "scope", "col");
        result.measures().forEach(measure -> page.element("th", measure.name(), "scope", "col"));
        for (String name : List.of("better", "worse", "p50 ms", "p95 ms")) {
            page.element("th", name, "scope", "col");
        }
        page.end().end().begin("tbody");
        result.rows().forEach(row -> row(page, row));
        page.end().end().end();
        page.element(
                "p",
                ("Means over %d judged queries; the best value per column is bold. Better and worse: number of queries whose %s is above or "
                                + "below that of the retrieval order.")
                        .formatted(result.queries(), quality.name()),
                "class",
                "legend");
        page.end();
    }

    private void row(Html page, Row row) {
        page.begin("tr").element("th", row.configuration(), "scope", "row");
        page.element("td", Integer.toString(row.depth()));
        for (Measure measure : result.measures()) {
            boolean highest = result.rows().stream().noneMatch(other -> other.mean(measure) > row.mean(measure));
            page.begin("td")
                    .element(highest ? "b" : "span", Numbers.quality(row.mean(measure)))
                    .end();
        }
        boolean first = row == baseline;
        page.element("td", first ? "–" : Long.toString(queries(row, order -> order > 0)));
        page.element("td", first ? "–" : Long.toString(queries(row, order -> order < 0)));
        Latency latency = row.latency();
        page.element("td", latency == null ? "–" : Numbers.millis(latency.p50()));
        page.element("td", latency == null ? "–" : Numbers.millis(latency.p95()));
        page.end();
    }

    /** Returns the number of queries whose value is above or below that of the retrieval order. */
    private long queries(Row row, IntPredicate order) {
        Map<String, Double> before = baseline.values(quality);
        return row.values(quality).entrySet().stream()
                .filter(entry -> order.test(Double.compare(entry.getValue(), before.getOrDefault(entry.getKey(), 0.0))))
                .count();
    }

    private static double millis(Row row) {
        return latency(row).p50().toNanos() / 1e6;
    }

    private static Latency latency(Row row) {
        return Objects.requireNonNull(row.latency(), () -> row + " has no latency");
    }
}
