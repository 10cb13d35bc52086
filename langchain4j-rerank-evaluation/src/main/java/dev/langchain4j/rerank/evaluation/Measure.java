package dev.langchain4j.rerank.evaluation;

import dev.langchain4j.rerank.internal.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A measure of ranking quality for one query, from 0 (worst) to 1 (best). The measures of this interface's factories
 * equal the trec_eval measures that they name. A document is relevant if its judgement is at least 1; a document that
 * was not judged is not relevant. If no document is judged relevant, the value is 0.
 *
 * <p>Implementations are immutable and thread-safe; two with the same parameters are equal.
 */
public interface Measure {

    /** Returns the name in tables, for instance {@code nDCG@10}. */
    String name();

    /**
     * Returns the value for one query.
     *
     * @param ranking ids of the documents, best first, without duplicates; may be empty
     * @param judgements judgement by document id: 0 or below is not relevant, above 0 is the grade
     * @throws IllegalArgumentException if a document occurs twice in the ranking
     */
    double of(List<String> ranking, Map<String, Integer> judgements);

    /**
     * Returns the value for each judged query, in the order of the judgements; a query missing in the run has an empty
     * ranking.
     */
    default Map<String, Double> perQuery(Run run, Qrels qrels) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String query : qrels.queryIds()) {
            values.put(query, of(run.ranking(query), qrels.judgements(query)));
        }
        return Collections.unmodifiableMap(values);
    }

    /**
     * Returns the mean over all judged queries, as {@code trec_eval -c} does: a query missing in the run counts with an
     * empty ranking, which is 0, and a query without judgements does not count.
     *
     * @throws IllegalArgumentException if no query is judged
     */
    default double mean(Run run, Qrels qrels) {
        return perQuery(run, qrels).values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no query is judged: a mean needs at least one"));
    }

    /**
     * Returns normalised discounted cumulative gain, trec_eval's {@code ndcg_cut}: {@code DCG@k / ideal DCG@k} with
     * {@code DCG@k = sum over ranks r = 1..k of judgement(r) / log2(r + 1)}. The ideal ranking lists the judged
     * documents by descending judgement. The gain is the judgement itself, not {@code 2^judgement - 1}.
     *
     * <p>Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002, 422-446; the
     * discount {@code log2(r + 1)} at every rank is trec_eval's.
     *
     * @param k number of ranks considered, at least 1
     */
    static Measure ndcg(int k) {
        return new Ndcg(Arguments.atLeast("k", 1, k));
    }

    /**
     * Returns reciprocal rank, trec_eval's {@code recip_rank}: {@code 1 / rank of the first relevant document}, 0 if
     * there is none. Its mean is MRR.
     *
     * <p>Voorhees: The TREC-8 question answering track report, TREC-8, 1999.
     */
    static Measure mrr() {
        return new ReciprocalRank();
    }

    /**
     * Returns average precision, trec_eval's {@code map}: the sum of precision@r over the ranks r of the relevant
     * documents in the ranking, divided by the number of documents judged relevant. Its mean is MAP.
     *
     * <p>Buckley, Voorhees: Retrieval system evaluation, in TREC: Experiment and Evaluation in Information Retrieval,
     * MIT Press, 2005.
     */
    static Measure map() {
        return new AveragePrecision();
    }

    /**
     * Returns recall, trec_eval's {@code recall_k}: the number of relevant documents in the first k ranks, divided by
     * the number of documents judged relevant.
     *
     * @param k number of ranks considered, at least 1
     */
    static Measure recall(int k) {
        return new Recall(Arguments.atLeast("k", 1, k));
    }

    /**
     * Returns precision, trec_eval's {@code P_k}: the number of relevant documents in the first k ranks, divided by k.
     * If the ranking is shorter than k, the missing ranks count as not relevant.
     *
     * @param k number of ranks considered, at least 1
     */
    static Measure precision(int k) {
        return new Precision(Arguments.atLeast("k", 1, k));
    }

    /**
     * Returns the hit rate, trec_eval's {@code success_k}: 1 if a relevant document is in the first k ranks, otherwise
     * 0.
     *
     * @param k number of ranks considered, at least 1
     */
    static Measure hit(int k) {
        return new Hit(Arguments.atLeast("k", 1, k));
    }
}
