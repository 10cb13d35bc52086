package dev.langchain4j.rerank.examples;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.embedding.EmbeddingModel;
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

/** Passages in a Milvus collection of their own, which is dropped again by {@link #close()}. For one thread. */
final class KnowledgeBase implements AutoCloseable {

    private final String collection =
            "rerank_example_" + UUID.randomUUID().toString().replace('-', '_');
    private final MilvusAddress milvus;
    private final EmbeddingModel embeddingModel;
    private final IndexType index;
    private final MetricType metric;
    private MilvusEmbeddingStore store;

    private KnowledgeBase(MilvusAddress milvus, EmbeddingModel embeddingModel, IndexType index, MetricType metric) {
        this.milvus = milvus;
        this.embeddingModel = embeddingModel;
        this.index = index;
        this.metric = metric;
        this.store = open();
    }

    /** Embeds the passages and puts them into a new collection. */
    static KnowledgeBase ingest(
            MilvusAddress milvus,
            EmbeddingModel embeddingModel,
            IndexType index,
            MetricType metric,
            List<TextSegment> passages) {
        milvus.requireAnswer();
        KnowledgeBase knowledge = new KnowledgeBase(milvus, embeddingModel, index, metric);
        List<Embedding> embeddings = embeddingModel.embedAll(passages).content();
        knowledge.store.addAll(embeddings, passages);
        return knowledge;
    }

    /**
     * Searches by embedding. Fails at once, with a clear message, while Milvus is away, and works again when it is back.
     */
    ContentRetriever retriever(int maxResults) {
        return query -> {
            milvus.requireAnswer();
            try {
                return search(query, maxResults);
            } catch (LangChain4jException e) {
                // A Milvus that was restarted has the collection, but not loaded: opening it again loads it.
                store = open();
                return search(query, maxResults);
            }
        };
    }

    private List<Content> search(Query query, int maxResults) {
        return EmbeddingStoreContentRetriever.builder()
                .embeddingStore(store)
                .embeddingModel(embeddingModel)
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
                // The default, EVENTUALLY, may not see what was written a moment ago.
                .consistencyLevel(ConsistencyLevelEnum.STRONG)
                .build();
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
