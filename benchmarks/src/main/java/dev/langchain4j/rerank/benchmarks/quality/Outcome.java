package dev.langchain4j.rerank.benchmarks.quality;

import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.benchmarks.quality.Cranfield.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The results of one way so far, one number per query. */
final class Outcome {

    private final Way way;
    private final Reranker reranker;
    private final List<Double> millis = new ArrayList<>();
    private final List<Double> quality = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();

    Outcome(Way way) {
        this.way = way;
        this.reranker = Reranker.builder(way.model()).topK(Integer.MAX_VALUE).build();
    }

    Way way() {
        return way;
    }

    /** Scores without counting, so that one-time costs are not measured. */
    void warmUp(Question question) {
        rerank(question);
    }

    void answer(Question question, Cranfield cranfield) {
        long start = System.nanoTime();
        List<RerankResult> results = rerank(question);
        millis.add((System.nanoTime() - start) / 1e6);
        List<String> reranked = results.stream()
                .map(result -> question.ids().get(result.index()))
                .toList();
        List<String> rest =
                question.ids().subList(results.size(), question.ids().size());
        quality.add(cranfield.quality(
                question, Stream.concat(reranked.stream(), rest.stream()).toList()));
        scores.add(inOrder(results));
    }

    private List<RerankResult> rerank(Question question) {
        List<String> texts = question.texts();
        return reranker.rerank(question.text(), texts.subList(0, Math.min(way.depth(), texts.size())));
    }

    private static double[] inOrder(List<RerankResult> results) {
        double[] scores = new double[results.size()];
        results.forEach(result -> scores[result.index()] = result.score());
        return scores;
    }

    List<Double> millis() {
        return millis;
    }

    List<Double> quality() {
        return quality;
    }

    double meanQuality() {
        return quality.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Returns the median over the queries. */
    double medianMillis() {
        return median(millis.stream().mapToDouble(Double::doubleValue));
    }

    /** Returns the median over the queries of the time divided by that of another way for the same query. */
    double medianRatio(Outcome other) {
        return median(IntStream.range(0, millis.size()).mapToDouble(i -> millis.get(i) / other.millis.get(i)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the distance of its scores from those of another way for the same texts. */
    DoubleSummaryStatistics differences(Outcome other) {
        return IntStream.range(0, scores.size())
                .mapToObj(i -> differences(scores.get(i), other.scores.get(i)))
                .flatMapToDouble(Arrays::stream)
                .summaryStatistics();
    }

    private static double[] differences(double[] these, double[] those) {
        return IntStream.range(0, these.length)
                .mapToDouble(i -> Math.abs(these[i] - those[i]))
                .toArray();
    }

    /**
     * Returns the largest change of the score of a text if it is scored alone instead of with the other candidates.
     */
    double movedByNeighbours(List<Question> questions) {
        double most = 0;
        for (Question question : questions) {
            double[] together = inOrder(rerank(question));
            for (int i = 0; i < together.length; i++) {
                double alone = way.model()
                        .score(question.texts().get(i), question.text())
                        .content();
                most = Math.max(most, Math.abs(alone - together[i]));
            }
        }
        return most;
    }
}
