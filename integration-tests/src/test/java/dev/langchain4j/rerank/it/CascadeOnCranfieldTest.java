package dev.langchain4j.rerank.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.BeirCollection.Document;
import dev.langchain4j.rerank.evaluation.Evaluation;
import dev.langchain4j.rerank.evaluation.EvaluationResult;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.scoring.CascadeScoringModel;
import dev.langchain4j.rerank.testkit.Bm25ScoringModel;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Quality of a cascade on a public collection. The expensive model is the one in the model module, represented by the
 * logits that the Python original recorded for every pair: the quality is exact and costs no inference. The time is
 * measured in {@code benchmarks/}, with the model itself.
 */
class CascadeOnCranfieldTest {

    @Test
    void twenty_of_fifty_candidates_are_enough_for_the_quality_of_all() throws IOException {
        Path data = ReferenceData.require("cranfield");
        BeirCollection cranfield = BeirCollection.of(data);
        Run bm25 = Run.readTrec(data.resolve("bm25.run"));
        Map<String, String> texts = cranfield.texts(bm25.documentIds(), Document::text);
        ScoringModel full = recorded(data, cranfield.queries(), texts);
        ScoringModel cascade = CascadeScoringModel.builder(new Bm25ScoringModel(corpus(cranfield)), full)
                .keep(20)
                .build();
        Measure ndcg = Measure.ndcg(10);

        EvaluationResult result = Evaluation.builder(cranfield.queries(), bm25, texts, cranfield.qrels())
                .model("all 50", full)
                .model("cascade", cascade)
                .depths(50)
                .measures(ndcg)
                .build()
                .run();

        assertThat(mean(result, "all 50", ndcg))
                .as("as in the notes of the collection")
                .isCloseTo(0.3922, within(5e-5));
        assertThat(mean(result, "cascade", ndcg)).isCloseTo(mean(result, "all 50", ndcg), within(0.01));
    }

    private static double mean(EvaluationResult result, String configuration, Measure measure) {
        return result.rows().stream()
                .filter(row -> row.configuration().equals(configuration))
                .map(row -> row.mean(measure))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> corpus(BeirCollection collection) {
        try (Stream<Document> documents = collection.documents()) {
            return documents.map(Document::text).collect(Collectors.toSet());
        }
    }

    /** A model that looks up the score of a pair. */
    private static ScoringModel recorded(Path data, Map<String, String> queries, Map<String, String> texts)
            throws IOException {
        record Pair(String query, String text) {}
        Map<Pair, Double> logits = new HashMap<>();
        try (Stream<String> lines = Files.lines(data.resolve("ms-marco-minilm-l12-int8.scores.tsv"))) {
            lines.skip(1)
                    .map(line -> List.of(line.split("\t")))
                    .forEach(columns -> logits.put(
                            new Pair(queries.get(columns.get(0)), texts.get(columns.get(1))),
                            Double.valueOf(columns.get(2))));
        }
        return (segments, query) -> Response.from(segments.stream()
                .map(segment -> logits.get(new Pair(query, segment.text())))
                .toList());
    }
}
