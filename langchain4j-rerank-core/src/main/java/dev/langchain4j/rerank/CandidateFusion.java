package dev.langchain4j.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes one order of the lists that several retrievers found for several queries: the retrieval order, which decides
 * what is scored at all, how ties end and how candidates follow that were not scored.
 *
 * <p>Implementations are thread-safe and keep no state.
 */
@FunctionalInterface
public interface CandidateFusion {

    /**
     * Rates the candidates.
     *
     * @param lists one a query and retriever, empty ones included; queries in order, the retrievers of each in order
     * @param candidates how many different candidates the lists hold; at least 1
     * @return a finite number a candidate, higher is better; equal ones stay in the order in which they were first seen
     */
    double[] fuse(List<RetrievedList> lists, int candidates);

    /**
     * Reciprocal rank fusion: the sum of {@code 1 / (k + rank)} over the lists that hold a candidate, where the first of
     * a list has rank 1 (Cormack, Clarke, Büttcher, SIGIR 2009). It needs no scores, so it suits retrievers whose scores
     * do not compare.
     *
     * @param k how little the first places stand out; above 0 and below 16384, as Milvus has it. The paper's 60 is the
     *     default of the aggregator
     */
    static CandidateFusion reciprocalRank(double k) {
        if (!(k > 0 && k < 16384)) {
            throw new InvalidOptionException("k", "k must be above 0 and below 16384, got " + k);
        }
        return (lists, candidates) -> {
            double[] fused = new double[candidates];
            for (RetrievedList list : lists) {
                int rank = 1;
                for (RetrievedList.Hit hit : list.hits()) {
                    fused[hit.candidate()] += 1 / (k + rank++);
                }
            }
            return fused;
        };
    }

    /**
     * The weighted sum of the retrievers' scores: {@code sum of weight * score} over the lists that hold a candidate, as
     * Milvus's {@code WeightedRanker} has it. Scores are taken as they are, so they should be on one scale.
     *
     * <p>Fusing fails with {@link IllegalArgumentException} if a query has not one list a weight, or if a content has no
     * score.
     *
     * @param weights one a retriever, in the order of the retrievers; each from 0 to 1
     */
    static CandidateFusion weighted(double... weights) {
        return new WeightedFusion(weights, DoubleUnaryOperator.identity());
    }

    /**
     * As {@link #weighted}, with each score first squeezed to {@code 0.5 + arctan(score) / pi}, between 0 and 1: what
     * Milvus's {@code WeightedRanker} does with inner products when {@code norm_score} is set. For retrievers whose scores
     * have no common scale. The higher the score the better; distances must be turned around before.
     *
     * @param weights one a retriever, in the order of the retrievers; each from 0 to 1
     */
    static CandidateFusion weightedArctan(double... weights) {
        return new WeightedFusion(weights, score -> 0.5 + Math.atan(score) / Math.PI);
    }

    /** Takes turns: the first of every list, then the second of every list, and so on; what is there already is skipped. */
    static CandidateFusion inTurn() {
        return (lists, candidates) -> {
            double[] fused = new double[candidates];
            Arrays.fill(fused, Double.NEGATIVE_INFINITY);
            for (int list = 0; list < lists.size(); list++) {
                int rank = 0;
                for (RetrievedList.Hit hit : lists.get(list).hits()) {
                    double turn = (double) rank++ * lists.size() + list;
                    fused[hit.candidate()] = Math.max(fused[hit.candidate()], -turn);
                }
            }
            return fused;
        };
    }
}
