package dev.langchain4j.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reciprocal rank fusion of each query's lists, and then of the queries' fused orders, as LangChain4j does it. */
record ReciprocalRankByQuery(CandidateFusion fusion) implements CandidateFusion {

    @Override
    public double[] fuse(List<RetrievedList> lists, int candidates) {
        Map<Integer, List<RetrievedList>> listsOfQuery = new TreeMap<>();
        for (RetrievedList list : lists) {
            listsOfQuery
                    .computeIfAbsent(list.query(), query -> new ArrayList<>())
                    .add(list);
        }
        List<RetrievedList> fusedOfQuery = new ArrayList<>();
        listsOfQuery.forEach((query, ofQuery) -> fusedOfQuery.add(new RetrievedList(
                query,
                0,
                order(ofQuery, candidates).stream()
                        .map(candidate -> new RetrievedList.Hit(candidate, null))
                        .toList())));
        return ranks(order(fusedOfQuery, candidates), candidates);
    }

    /** The candidates of some lists, best first; equal ones in the order in which these lists have them. */
    private List<Integer> order(List<RetrievedList> lists, int candidates) {
        double[] fused = fusion.fuse(lists, candidates);
        Set<Integer> seen = new LinkedHashSet<>();
        lists.forEach(list -> list.hits().forEach(hit -> seen.add(hit.candidate())));
        return seen.stream()
                .sorted(Comparator.comparingDouble((Integer candidate) -> -fused[candidate]))
                .toList();
    }

    /** Numbers that keep this order, ties broken. */
    private static double[] ranks(List<Integer> order, int candidates) {
        double[] ranks = new double[candidates];
        for (int rank = 0; rank < order.size(); rank++) {
            ranks[order.get(rank)] = -rank;
        }
        return ranks;
    }
}
