package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of real passages compared with those of onnxruntime 1.21.1 in Python, for the first queries of Cranfield. */
class CranfieldTest {

    private static final int QUERIES = 40;
    private static final Measure NDCG = Measure.ndcg(10);

    private static Qrels qrels;
    private static Run candidates;
    private static Map<String, Map<String, Double>> reference;
    private static Map<String, Map<String, Double>> scores;

    @BeforeAll
    static void score_all_candidates() throws IOException {
        Path directory = ReferenceData.require("cranfield");
        BeirCollection collection = BeirCollection.of(directory);
        Map<String, String> queries = firstQueries(collection);
        candidates = candidatesOf(queries, Run.readTrec(directory.resolve("bm25.run")));
        qrels = qrelsOf(queries, Qrels.readBeir(directory.resolve("qrels.tsv")));
        reference = referenceScores(directory.resolve("ms-marco-minilm-l12-int8.scores.tsv"));
        Map<String, String> texts = collection.texts(candidates.documentIds(), BeirCollection.Document::text);
        scores = new HashMap<>();
        try (var model = new MsMarcoMiniLmL12V2QuantizedScoringModel()) {
            queries.forEach((id, query) -> scores.put(id, score(model, query, candidates.ranking(id), texts)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50})
    void reranking_is_as_good_as_with_the_reference_scores(int depth) {
        double expected = NDCG.mean(reranked(reference, depth), qrels);

        assertThat(NDCG.mean(reranked(scores, depth), qrels)).isCloseTo(expected, within(0.005));
        assertThat(expected).isGreaterThan(NDCG.mean(candidates, qrels));
    }

    @Test
    void logits_are_those_of_the_reference_as_far_as_cpu_and_version_allow() {
        double[] differences = candidates.queryIds().stream()
                .flatMapToDouble(query -> candidates.ranking(query).stream()
                        .mapToDouble(document -> Math.abs(scores.get(query).get(document)
                                - reference.get(query).get(document))))
                .toArray();

        assertThat(differences).hasSize(QUERIES * 50);
        assertThat(Arrays.stream(differences).average().orElseThrow()).isLessThan(0.15);
        if (ReferenceRuntime.isHere()) {
            assertThat(Arrays.stream(differences).max().orElseThrow()).isLessThan(0.01);
        }
    }

    private static Map<String, String> firstQueries(BeirCollection collection) {
        Map<String, String> first = new LinkedHashMap<>();
        collection.queries().entrySet().stream()
                .limit(QUERIES)
                .forEach(query -> first.put(query.getKey(), query.getValue()));
        assertThat(first).hasSize(QUERIES);
        return first;
    }

    private static Run candidatesOf(Map<String, String> queries, Run run) {
        Map<String, List<String>> rankings = new HashMap<>();
        queries.keySet().forEach(query -> rankings.put(query, run.ranking(query)));
        return Run.of(rankings);
    }

    private static Qrels qrelsOf(Map<String, String> queries, Qrels all) {
        Map<String, Map<String, Integer>> judgements = new HashMap<>();
        queries.keySet().forEach(query -> judgements.put(query, all.judgements(query)));
        return Qrels.of(judgements);
    }

    private static Map<String, Map<String, Double>> referenceScores(Path file) throws IOException {
        Map<String, Map<String, Double>> byQuery = new HashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1)
                    .map(line -> line.split("\t"))
                    .forEach(columns -> byQuery.computeIfAbsent(columns[0], query -> new HashMap<>())
                            .put(columns[1], Double.valueOf(columns[2])));
        }
        return byQuery;
    }

    private static Map<String, Double> score(
            MsMarcoMiniLmL12V2QuantizedScoringModel model,
            String query,
            List<String> documents,
            Map<String, String> texts) {
        List<TextSegment> segments =
                documents.stream().map(id -> TextSegment.from(texts.get(id))).toList();
        List<Double> scores = model.scoreAll(segments, query).content();
        Map<String, Double> byDocument = new HashMap<>();
        for (int i = 0; i < documents.size(); i++) {
            byDocument.put(documents.get(i), scores.get(i));
        }
        return byDocument;
    }

    /** Returns the first {@code depth} candidates by score, then the rest in the order of BM25. */
    private static Run reranked(Map<String, Map<String, Double>> scores, int depth) {
        Map<String, List<String>> rankings = new HashMap<>();
        for (String query : candidates.queryIds()) {
            List<String> ranking = new ArrayList<>(candidates.ranking(query));
            ranking.subList(0, depth).sort(Comparator.comparing(scores.get(query)::get, Comparator.reverseOrder()));
            rankings.put(query, ranking);
        }
        return Run.of(rankings);
    }
}
