package dev.langchain4j.rerank.examples;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.store.embedding.milvus.MilvusEmbeddingStore;
import io.milvus.common.clientenum.ConsistencyLevelEnum;
import io.milvus.param.IndexType;
import io.milvus.param.MetricType;
import java.util.List;
import java.util.UUID;

/** Passages in a Milvus collection of their own, which is dropped again by {@link #close()}. */
final class KnowledgeBase implements AutoCloseable {

    private final MilvusAddress milvus;
    private final EmbeddingModel embeddingModel;
    private final String collection;
    private final MilvusEmbeddingStore store;

    private KnowledgeBase(
            MilvusAddress milvus, EmbeddingModel embeddingModel, String collection, MilvusEmbeddingStore store) {
        this.milvus = milvus;
        this.embeddingModel = embeddingModel;
        this.collection = collection;
        this.store = store;
    }

    /** Embeds the passages and puts them into a new collection. */
    static KnowledgeBase ingest(
            MilvusAddress milvus,
            EmbeddingModel embeddingModel,
            IndexType index,
            MetricType metric,
            List<TextSegment> passages) {
        milvus.requireAnswer();
        String collection = "rerank_example_" + UUID.randomUUID().toString().replace('-', '_');
        MilvusEmbeddingStore store = MilvusEmbeddingStore.builder()
                .uri(milvus.uri())
                .collectionName(collection)
                .dimension(embeddingModel.dimension())
                .indexType(index)
                .metricType(metric)
                // The default, EVENTUALLY, may not see what was written a moment ago.
                .consistencyLevel(ConsistencyLevelEnum.STRONG)
                .build();
        List<Embedding> embeddings = embeddingModel.embedAll(passages).content();
        store.addAll(embeddings, passages);
        return new KnowledgeBase(milvus, embeddingModel, collection, store);
    }

    /** Searches by embedding; fails at once, with a clear message, while Milvus is away. */
    ContentRetriever retriever(int maxResults) {
        ContentRetriever retriever = EmbeddingStoreContentRetriever.builder()
                .embeddingStore(store)
                .embeddingModel(embeddingModel)
                .maxResults(maxResults)
                .build();
        return query -> {
            milvus.requireAnswer();
            return retriever.retrieve(query);
        };
    }

    /** The score that retrieval gave a content of ours. */
    static double score(Content content) {
        Object score = content.metadata().get(ContentMetadata.SCORE);
        return (double) requireNonNull(score, "a content of a Milvus retriever has a score");
    }

    @Override
    public void close() {
        if (milvus.answers()) {
            store.dropCollection(collection);
        }
    }
}
