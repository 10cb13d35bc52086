package dev.langchain4j.rerank.examples;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;
import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.milvus.MilvusEmbeddingStore;
import io.milvus.common.clientenum.ConsistencyLevelEnum;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/** Passages in a Milvus collection. Thread-safe for searches. */
public final class KnowledgeBase implements AutoCloseable {

    /** Number of passages that are embedded between two checks for an interrupt. */
    private static final int BATCH = 32;

    private final MilvusAddress milvus;
    private final EmbeddingModel embeddingModel;
    private final IndexType index;
    private final MetricType metric;
    private final String collection;
    private final boolean dropped;
    private volatile MilvusEmbeddingStore store;

    private KnowledgeBase(
            MilvusAddress milvus,
            EmbeddingModel embeddingModel,
            IndexType index,
            MetricType metric,
            String collection,
            boolean dropped) {
        this.milvus = milvus;
        this.embeddingModel = embeddingModel;
        this.index = index;
        this.metric = metric;
        this.collection = collection;
        this.dropped = dropped;
        this.store = open();
    }

    /** Embeds the passages and adds them to a new collection, which {@link #close()} drops. */
    public static KnowledgeBase ingest(
            MilvusAddress milvus,
            EmbeddingModel embeddingModel,
            IndexType index,
            MetricType metric,
            List<TextSegment> passages) {
        milvus.requireAnswer();
        String collection = "rerank_example_" + UUID.randomUUID().toString().replace('-', '_');
        KnowledgeBase knowledge = new KnowledgeBase(milvus, embeddingModel, index, metric, collection, true);
        try {
            knowledge.add(passages, done -> {});
        } catch (RuntimeException e) {
            knowledge.close();
            throw e;
        }
        return knowledge;
    }

    /**
     * Opens a collection that stays after {@link #close()}; it is created if it does not exist.
     *
     * @throws IllegalStateException if it exists with vectors of another dimension than the model's
     */
    public static KnowledgeBase open(MilvusAddress milvus, EmbeddingModel embeddingModel, String collection) {
        milvus.requireAnswer();
        MilvusCollection.of(milvus, collection).requireDimension(embeddingModel.dimension());
        return new KnowledgeBase(milvus, embeddingModel, IndexType.FLAT, MetricType.COSINE, collection, false);
    }

    /**
     * Embeds passages and adds them.
     *
     * @param progress receives the number of passages so far, repeatedly
     * @throws CancellationException if the thread is interrupted, after at most a few dozen passages
     */
    void add(List<TextSegment> passages, IntConsumer progress) {
        for (int from = 0; from < passages.size(); from += BATCH) {
            List<TextSegment> batch = passages.subList(from, Math.min(from + BATCH, passages.size()));
            List<Embedding> embeddings = embeddingModel.embedAll(batch).content();
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted after %d of %d passages".formatted(from, passages.size()));
            }
            store.addAll(embeddings, batch);
            progress.accept(from + batch.size());
        }
    }

    /** Removes the passages of a source. */
    void remove(String source) {
        store.removeAll(metadataKey(ComputingHistory.SOURCE).isEqualTo(source));
    }

    /**
     * Searches by embedding. Fails at once, with a clear message, while Milvus is down, and recovers when it is
     * back.
     *
     * @param listeners are notified of the embedding of the question
     */
    public ContentRetriever retriever(int maxResults, EmbeddingModelListener... listeners) {
        EmbeddingModel listening = embeddingModel.addListeners(List.of(listeners));
        return query -> {
            milvus.requireAnswer();
            try {
                return search(query, maxResults, listening);
            } catch (LangChain4jException e) {
                // After a restart, Milvus has the collection but has not loaded it: opening it again loads it.
                store = open();
                return search(query, maxResults, listening);
            }
        };
    }

    private List<Content> search(Query query, int maxResults, EmbeddingModel listening) {
        return EmbeddingStoreContentRetriever.builder()
                .embeddingStore(store)
                .embeddingModel(listening)
                .maxResults(maxResults)
                .build()
                .retrieve(query);
    }

    private MilvusEmbeddingStore open() {
        return MilvusEmbeddingStore.builder()
                .uri(milvus.uri())
                .collectionName(collection)
                .dimension(embeddingModel.dimension())
                .indexType(index)
                .metricType(metric)
                // The default, EVENTUALLY, may not see recent writes.
                .consistencyLevel(ConsistencyLevelEnum.STRONG)
                .build();
    }

    /** Returns the retrieval score. */
    public static double score(Content content) {
        Object score = content.metadata().get(ContentMetadata.SCORE);
        return (double) requireNonNull(score, "a content of a Milvus retriever has a score");
    }

    @Override
    public void close() {
        // An interrupted thread cannot send requests to Milvus, and it may be the interrupt that ends the program.
        boolean interrupted = Thread.interrupted();
        try {
            if (dropped && milvus.answers()) {
                store.dropCollection(collection);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
