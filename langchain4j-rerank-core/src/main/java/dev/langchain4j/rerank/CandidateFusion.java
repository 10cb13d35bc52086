package dev.langchain4j.rerank;

import java.util.List;

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
            throw new IllegalArgumentException("k must be above 0 and below 16384, got " + k);
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
}
