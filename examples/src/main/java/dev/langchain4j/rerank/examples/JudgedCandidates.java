package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rerank.evaluation.BeirCollection;
import dev.langchain4j.rerank.evaluation.Qrels;
import dev.langchain4j.rerank.evaluation.Run;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Questions with judged answers, and the candidates of a search.
 *
 * @param name of the collection
 * @param questions text by id
 * @param found ids of the candidates, best first
 * @param texts of the candidates by id
 */
record JudgedCandidates(
        String name, Map<String, String> questions, Run found, Map<String, String> texts, Qrels judgements) {

    private static final int INGESTED_AT_ONCE = 256;

    /** Returns the questions of the example, with candidates found in Milvus. */
    static JudgedCandidates example(MilvusAddress milvus, EmbeddingModel embeddingModel, int depth) {
        List<TextSegment> passages = ComputingHistory.passages();
        try (KnowledgeBase knowledge =
                KnowledgeBase.ingest(milvus, embeddingModel, IndexType.FLAT, MetricType.COSINE, passages)) {
            Map<String, String> texts = new LinkedHashMap<>();
            passages.forEach(passage -> texts.put(passage.metadata().getString(ComputingHistory.ID), passage.text()));
            return new JudgedCandidates(
                    "the example's passages",
                    ComputingHistory.questions(),
                    search(ComputingHistory.questions(), knowledge.retriever(depth)),
                    texts,
                    ComputingHistory.judgements());
        }
    }

    /**
     * Returns the questions of a BEIR collection, which is added to Milvus and searched there.
     *
     * @param queries maximum number of its judged queries, the first ones
     */
    static JudgedCandidates beir(
            Path directory,
            int queries,
            MilvusAddress milvus,
            EmbeddingModel embeddingModel,
            int depth,
            Consumer<String> progress) {
        BeirCollection collection = BeirCollection.of(directory);
        Qrels judgements = first(collection.qrels(), queries);
        Map<String, String> questions = collection.queries();
        try (KnowledgeBase knowledge =
                KnowledgeBase.ingest(milvus, embeddingModel, IndexType.FLAT, MetricType.COSINE, List.of())) {
            ingest(collection, knowledge, progress);
            Map<String, String> judged = new LinkedHashMap<>(questions);
            judged.keySet().retainAll(judgements.queryIds());
            Run found = search(judged, knowledge.retriever(depth));
            return of(directory, collection, questions, found, judgements);
        }
    }

    /** Returns the questions of a BEIR collection with the candidates of a TREC run file. */
    static JudgedCandidates beir(Path directory, int queries, Path run) {
        BeirCollection collection = BeirCollection.of(directory);
        return of(directory, collection, collection.queries(), Run.readTrec(run), first(collection.qrels(), queries));
    }

    private static JudgedCandidates of(
            Path directory, BeirCollection collection, Map<String, String> questions, Run found, Qrels judgements) {
        return new JudgedCandidates(
                String.valueOf(directory.getFileName()),
                questions,
                found,
                collection.texts(found.documentIds(), BeirCollection.Document::titleAndText),
                judgements);
    }

    private static Qrels first(Qrels judgements, int queries) {
        Map<String, Map<String, Integer>> first = new LinkedHashMap<>();
        judgements.queryIds().stream().limit(queries).forEach(id -> first.put(id, judgements.judgements(id)));
        return Qrels.of(first);
    }

    private static void ingest(BeirCollection collection, KnowledgeBase knowledge, Consumer<String> progress) {
        List<TextSegment> passages = new ArrayList<>();
        int[] done = {0};
        try (Stream<BeirCollection.Document> documents = collection.documents()) {
            documents.filter(document -> !document.titleAndText().isBlank()).forEach(document -> {
                passages.add(
                        TextSegment.from(document.titleAndText(), Metadata.from(ComputingHistory.ID, document.id())));
                if (passages.size() == INGESTED_AT_ONCE) {
                    done[0] += flush(passages, knowledge);
                    progress.accept("%d documents embedded".formatted(done[0]));
                }
            });
        }
        done[0] += flush(passages, knowledge);
        progress.accept("all %d documents embedded".formatted(done[0]));
    }

    private static int flush(List<TextSegment> passages, KnowledgeBase knowledge) {
        int size = passages.size();
        knowledge.add(passages, done -> {});
        passages.clear();
        return size;
    }

    private static Run search(Map<String, String> questions, ContentRetriever retriever) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        questions.forEach((id, question) -> found.put(
                id,
                retriever.retrieve(Query.from(question)).stream()
                        .map(content ->
                                String.valueOf(content.textSegment().metadata().getString(ComputingHistory.ID)))
                        .toList()));
        return Run.of(found);
    }
}
