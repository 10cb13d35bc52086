package dev.langchain4j.rerank;

import dev.langchain4j.rerank.internal.Arguments;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The weighted sum of the retrievers' scores. */
final class WeightedFusion implements CandidateFusion {

    private final double[] weights;
    private final DoubleUnaryOperator normalization;

    WeightedFusion(double[] weights, DoubleUnaryOperator normalization) {
        if (weights.length == 0) {
            throw new InvalidOptionException("weights", "weights must hold one weight per retriever, got none");
        }
        this.weights = weights.clone();
        for (double weight : this.weights) {
            Arguments.between("weights", 0, 1, weight);
        }
        this.normalization = normalization;
    }

    @Override
    public double[] fuse(List<RetrievedList> lists, int candidates) {
        double[] fused = new double[candidates];
        int[] listsOfQuery =
                new int[lists.stream().mapToInt(RetrievedList::query).max().orElse(0) + 1];
        for (RetrievedList list : lists) {
            listsOfQuery[list.query()]++;
            if (list.retriever() < weights.length) {
                add(list, fused);
            }
        }
        for (int query = 0; query < listsOfQuery.length; query++) {
            if (listsOfQuery[query] != weights.length && listsOfQuery[query] != 0) {
                throw new IllegalArgumentException(
                        "weighted fusion has %d weights but query %d has lists of %d retrievers; it needs one weight per retriever"
                                .formatted(weights.length, query, listsOfQuery[query]));
            }
        }
        return fused;
    }

    private void add(RetrievedList list, double[] fused) {
        for (RetrievedList.Hit hit : list.hits()) {
            Double score = hit.score();
            if (score == null || !Double.isFinite(score)) {
                throw new IllegalArgumentException(
                        "weighted fusion needs a score of every content (ContentMetadata.SCORE), but retriever %d of query %d gave %s; fuse by reciprocal rank instead"
                                .formatted(list.retriever(), list.query(), score == null ? "none" : score));
            }
            fused[hit.candidate()] += weights[list.retriever()] * normalization.applyAsDouble(score);
        }
    }
}
