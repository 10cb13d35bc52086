package dev.langchain4j.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Fuses the lists that several retrievers found for several queries into one order, the retrieval order. It decides
 * which candidates are scored at all, how ties are broken, and the order of candidates that were not scored.
 *
 * <p>Implementations are thread-safe and keep no state.
 */
@FunctionalInterface
public interface CandidateFusion {

    /**
     * Rates the candidates.
     *
     * @param lists one per query and retriever, empty ones included; queries in order, the retrievers of each in order
     * @param candidates number of different candidates in the lists; at least 1
     * @return one finite number per candidate, higher is better; equal ones stay in the order in which they were first
     *     seen
     */
    double[] fuse(List<RetrievedList> lists, int candidates);

    /**
     * Reciprocal rank fusion: the sum of {@code 1 / (k + rank)} over the lists that contain a candidate, where the
     * first of a list has rank 1 (Cormack, Clarke, Büttcher, SIGIR 2009). It needs no scores, so it suits retrievers
     * whose scores do not compare.
     *
     * @param k how little the first ranks stand out; above 0 and below 16384, as in Milvus. The paper's 60 is the
     *     default of the aggregator
     * @throws InvalidOptionException if {@code k} is out of range
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
     * LangChain4j's own order, in two stages: reciprocal rank fusion of the lists of each query, and then of the fused
     * orders of all queries. A query counts the same however many retrievers answered it, and only ranks of the first
     * stage reach the second. {@link #reciprocalRank} instead counts every list once; with one query the two agree.
     *
     * <p>Choose it for the same order as LangChain4j's {@code ReRankingContentAggregator} and
     * {@code DefaultContentAggregator}, which use a {@code k} of 60.
     *
     * @param k how little the first ranks stand out; above 0 and below 16384
     * @throws InvalidOptionException if {@code k} is out of range
     */
    static CandidateFusion reciprocalRankByQuery(double k) {
        return new ReciprocalRankByQuery(reciprocalRank(k));
    }

    /**
     * The weighted sum of the retrievers' scores: {@code sum of weight * score} over the lists that contain a
     * candidate, as in Milvus's {@code WeightedRanker}. Scores are used as they are, so they should be on one scale.
     *
     * <p>Fusing fails with {@link IllegalArgumentException} if a query does not have one list per weight, or if a
     * content has no score.
     *
     * @param weights one per retriever, in the order of the retrievers; each from 0 to 1
     */
    static CandidateFusion weighted(double... weights) {
        return new WeightedFusion(weights, DoubleUnaryOperator.identity());
    }

    /**
     * As {@link #weighted}, with each score first mapped to {@code 0.5 + arctan(score) / pi}, between 0 and 1, as
     * Milvus's {@code WeightedRanker} does with inner products when {@code norm_score} is set. For retrievers whose
     * scores have no common scale. Higher scores must be better; negate distances before.
     *
     * @param weights one per retriever, in the order of the retrievers; each from 0 to 1
     */
    static CandidateFusion weightedArctan(double... weights) {
        return new WeightedFusion(weights, score -> 0.5 + Math.atan(score) / Math.PI);
    }

    /**
     * Round robin: the first of every list, then the second of every list, and so on; candidates that are already there
     * are skipped.
     */
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
