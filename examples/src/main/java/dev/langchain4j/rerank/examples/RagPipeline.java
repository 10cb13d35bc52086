package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.store.embedding.EmbeddingStore;

/** Reranking in a RAG chain; quoted in the README. */
final class RagPipeline {

    private RagPipeline() {}

    static RetrievalAugmentor augmentor(
            EmbeddingStore<TextSegment> store, EmbeddingModel embeddingModel, ScoringModel scoringModel) {
        // tag::augmentor
        RetrievalAugmentor augmentor = DefaultRetrievalAugmentor.builder()
                .contentRetriever(EmbeddingStoreContentRetriever.builder()
                        .embeddingStore(store) // Milvus, or any other
                        .embeddingModel(embeddingModel)
                        .maxResults(50) // search wide,
                        .build())
                .contentAggregator(
                        RerankingContentAggregator.builder(scoringModel).topK(5).build()) // keep the best
                .build();
        // end::augmentor
        return augmentor;
    }
}
