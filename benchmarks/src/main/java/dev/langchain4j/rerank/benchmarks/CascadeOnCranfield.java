package dev.langchain4j.rerank.benchmarks;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.Reranker;
import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.BeirCollection.Document;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.testkit.Bm25ScoringModel;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a cascade costs and keeps: BM25's 50 candidates for each query of Cranfield, scored all by the model of the model
 * module, or all by a cheap lexical model and the best 20 of them by that model. Both ways score each query in turn, the
 * order changing from query to query, so that other load on the machine meets both. Prints a table.
 */
public final class CascadeOnCranfield {

    private static final int CANDIDATES = 50;
    private static final int KEEP = 20;
    private static final Measure NDCG = Measure.ndcg(10);

    private final Run candidates;
    private final Qrels qrels;
    private final Map<String, String> queries;
    private final Map<String, String> texts;

    private CascadeOnCranfield(Path data) {
        BeirCollection cranfield = BeirCollection.of(data);
        candidates = Run.readTrec(data.resolve("bm25.run"));
        qrels = cranfield.qrels();
        queries = cranfield.queries();
        texts = cranfield.texts(candidates.documentIds(), Document::text);
    }

    /** A way to score, what it has answered and how long it took. */
    private static final class Contender {

        private final String name;
        private final Reranker reranker;
        private final Map<String, List<String>> rankings = new LinkedHashMap<>();
        private long nanos;

        private Contender(String name, ScoringModel model) {
            this.name = name;
            this.reranker = Reranker.builder(model).topK(Integer.MAX_VALUE).build();
        }
    }

    public static void main(String[] arguments) {
        Path data = ReferenceData.require("cranfield");
        CascadeOnCranfield benchmark = new CascadeOnCranfield(data);
        ScoringModel cheap = new Bm25ScoringModel(corpus(data));
        try (MsMarcoMiniLmL12V2QuantizedScoringModel full = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            benchmark.run(
                    new Contender("full model on all %d".formatted(CANDIDATES), full),
                    new Contender(
                            "BM25 on all %d, full model on the best %d".formatted(CANDIDATES, KEEP),
                            CascadeScoringModel.builder(cheap, full).keep(KEEP).build()));
        }
    }

    private void run(Contender full, Contender cascade) {
        List<String> ids = List.copyOf(candidates.queryIds());
        rerank(full, ids.get(0));
        rerank(cascade, ids.get(0));
        full.nanos = 0;
        cascade.nanos = 0;
        for (int i = 0; i < ids.size(); i++) {
            rerank(i % 2 == 0 ? full : cascade, ids.get(i));
            rerank(i % 2 == 0 ? cascade : full, ids.get(i));
        }
        System.out.printf(
                "| %d queries | nDCG@10 | time a query | time, all 50 being 1 |%n|---|---|---|---|%n", ids.size());
        for (Contender contender : List.of(full, cascade)) {
            System.out.printf(
                    "| %s | %.4f | %.0f ms | %.2f |%n",
                    contender.name,
                    NDCG.mean(Run.of(contender.rankings), qrels),
                    contender.nanos / 1e6 / ids.size(),
                    (double) contender.nanos / full.nanos);
        }
    }

    private void rerank(Contender contender, String queryId) {
        List<String> ids = candidates.ranking(queryId);
        List<String> documents = ids.subList(0, Math.min(CANDIDATES, ids.size())).stream()
                .map(texts::get)
                .toList();
        String query = Objects.requireNonNull(queries.get(queryId), queryId);
        long start = System.nanoTime();
        List<String> ranking = contender.reranker.rerank(query, documents).stream()
                .map(result -> ids.get(result.index()))
                .toList();
        contender.nanos += System.nanoTime() - start;
        contender.rankings.put(queryId, ranking);
    }

    private static List<String> corpus(Path data) {
        try (Stream<Document> documents = BeirCollection.of(data).documents()) {
            return documents.map(Document::text).toList();
        }
    }
}
