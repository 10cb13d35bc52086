package dev.langchain4j.rerank.benchmarks.quality;

import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.BeirCollection.Document;
import dev.langchain4j.rerank.evaluation.Measure;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import dev.langchain4j.rerank.testkit.ReferenceData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The judged queries of Cranfield and the candidates of BM25 for each. */
final class Cranfield {

    private static final Measure NDCG = Measure.ndcg(10);

    private final BeirCollection collection;
    private final Map<String, String> queries;
    private final Qrels judged;
    private final Run candidates;
    private final Map<String, String> texts;

    /** Reads the collection from {@code RERANK_DATA}. */
    Cranfield() {
        Path data = ReferenceData.require("cranfield");
        collection = BeirCollection.of(data);
        queries = collection.queries();
        judged = collection.qrels();
        candidates = Run.readTrec(data.resolve("bm25.run"));
        texts = collection.texts(candidates.documentIds(), Document::text);
    }

    /**
     * A query with its candidates.
     *
     * @param ids of the documents, best first
     * @param texts of the documents, in the same order
     */
    record Question(String id, String text, List<String> ids, List<String> texts) {}

    /** Returns the first queries. */
    List<Question> questions(int count) {
        return candidates.queryIds().stream()
                .filter(judged.queryIds()::contains)
                .limit(count)
                .map(this::question)
                .toList();
    }

    private Question question(String id) {
        List<String> ranking =
                candidates.ranking(id).stream().limit(Ways.CANDIDATES).toList();
        return new Question(
                id,
                Objects.requireNonNull(queries.get(id), id),
                ranking,
                ranking.stream().map(texts::get).toList());
    }

    /** Returns nDCG@10 of one query. */
    double quality(Question question, List<String> ranking) {
        return NDCG.of(ranking, judged.judgements(question.id()));
    }

    /** Returns every text of the collection. */
    List<String> documents() {
        try (Stream<Document> documents = collection.documents()) {
            return documents.map(Document::text).toList();
        }
    }
}
