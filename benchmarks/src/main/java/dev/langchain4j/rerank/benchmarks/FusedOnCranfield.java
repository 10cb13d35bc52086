package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.rerank.RerankResult;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.benchmarks.peers.Machine;
import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.BeirCollection.Document;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.CrossEncoderScoringModel;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.ProjectDirectory;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The model of the jar against the same weights in the fused graph that {@code benchmarks/python/fused_graph.py} writes:
 * BM25's first 20 candidates of the queries of Cranfield, each query by both in turn. Prints how far scores are apart,
 * nDCG@10 and time, and fails where the fused graph is not within its bounds.
 */
public final class FusedOnCranfield {

    private static final int CANDIDATES = 20;
    private static final Measure NDCG = Measure.ndcg(10);

    /** Logits, seen 0.63; int8 differs from its own weights in fp32 by up to 1.4 on this collection. */
    private static final double SCORE_BOUND = 1;

    private static final double NDCG_BOUND = 0.003;

    private final DoubleSummaryStatistics differences = new DoubleSummaryStatistics();

    private FusedOnCranfield() {}

    /** A graph, what it has answered and how long it took. */
    private static final class Graph {

        private final Reranker reranker;
        private final Map<String, List<String>> rankings = new LinkedHashMap<>();
        private long nanos;

        private Graph(Reranker reranker) {
            this.reranker = reranker;
        }

        private double[] score(String queryId, String query, List<String> ids, List<String> documents) {
            long start = System.nanoTime();
            List<RerankResult> results = reranker.rerank(query, documents);
            nanos += System.nanoTime() - start;
            rankings.put(
                    queryId,
                    results.stream().map(result -> ids.get(result.index())).toList());
            double[] scores = new double[documents.size()];
            results.forEach(result -> scores[result.index()] = result.score());
            return scores;
        }
    }

    /** Takes how many queries, the first of all 225 by default. */
    public static void main(String[] arguments) {
        int queries = arguments.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(arguments[0]);
        Path directory = ProjectDirectory.root().resolve("benchmarks/target/peers/fused");
        try (MsMarcoMiniLmL12V2QuantizedScoringModel original = new MsMarcoMiniLmL12V2QuantizedScoringModel();
                CrossEncoderScoringModel fused =
                        CrossEncoderScoringModel.builder().modelPath(directory).build()) {
            new FusedOnCranfield()
                    .compare(
                            new Graph(
                                    Reranker.builder(original).topK(CANDIDATES).build()),
                            new Graph(Reranker.builder(fused).topK(CANDIDATES).build()),
                            queries);
        }
    }

    private void compare(Graph original, Graph fused, int queries) {
        Path data = ReferenceData.require("cranfield");
        BeirCollection cranfield = BeirCollection.of(data);
        Run candidates = Run.readTrec(data.resolve("bm25.run"));
        Map<String, String> texts = cranfield.texts(candidates.documentIds(), Document::text);
        boolean fusedFirst = false;
        List<String> queryIds = candidates.queryIds().stream().limit(queries).toList();
        for (String queryId : queryIds) {
            List<String> ranking = candidates.ranking(queryId);
            List<String> ids = ranking.subList(0, Math.min(CANDIDATES, ranking.size()));
            List<String> documents = ids.stream().map(texts::get).toList();
            String query = Objects.requireNonNull(cranfield.queries().get(queryId), queryId);
            double[] first = (fusedFirst ? fused : original).score(queryId, query, ids, documents);
            double[] second = (fusedFirst ? original : fused).score(queryId, query, ids, documents);
            for (int i = 0; i < first.length; i++) {
                differences.accept(Math.abs(first[i] - second[i]));
            }
            fusedFirst = !fusedFirst;
        }
        Qrels judged = cranfield.qrels();
        report(
                original,
                fused,
                Qrels.of(queryIds.stream()
                        .filter(judged.queryIds()::contains)
                        .collect(Collectors.toMap(Function.identity(), judged::judgements))));
    }

    private void report(Graph original, Graph fused, Qrels qrels) {
        double before = NDCG.mean(Run.of(original.rankings), qrels);
        double after = NDCG.mean(Run.of(fused.rankings), qrels);
        print("%s%n%,d pairs of %d queries%n", Machine.here().line(), differences.getCount(), original.rankings.size());
        print("| graph | nDCG@10 | time, the original's being 1 |%n|---|---:|---:|");
        print("| original | %.4f | 1 |", before);
        print("| fused | %.4f | %.2f |", after, (double) fused.nanos / original.nanos);
        print("%nScores differ by %.4f at most, %.4f on average.", differences.getMax(), differences.getAverage());
        if (differences.getMax() > SCORE_BOUND || Math.abs(before - after) > NDCG_BOUND) {
            throw new IllegalStateException("the fused graph is not within %.1f logits and %.3f nDCG@10 of the original"
                    .formatted(SCORE_BOUND, NDCG_BOUND));
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
