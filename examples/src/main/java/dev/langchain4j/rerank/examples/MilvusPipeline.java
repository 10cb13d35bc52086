package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rerank.FailurePolicy;
import dev.langchain4j.rerank.RerankingContentAggregator;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.milvus.MilvusEmbeddingStore;
import java.time.Duration;
import java.util.List;

/** A chatbot over Milvus, from documents to answers; quoted in docs/tutorial/getting-started.md. */
final class MilvusPipeline {

    private MilvusPipeline() {}

    static Assistant assistant(
            String uri,
            List<Document> documents,
            EmbeddingModel embeddingModel,
            ScoringModel scoringModel,
            ChatModel chatModel) {
        // tag::ingest
        MilvusEmbeddingStore store = MilvusEmbeddingStore.builder()
                .uri(uri) // http://localhost:19530, for instance
                .collectionName("handbook")
                .dimension(embeddingModel.dimension())
                .build();
        EmbeddingStoreIngestor.builder()
                .documentSplitter(DocumentSplitters.recursive(1000, 0)) // about 200 tokens per passage
                .embeddingModel(embeddingModel)
                .embeddingStore(store)
                .build()
                .ingest(documents);
        // end::ingest
        // tag::chain
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(chatModel)
                .retrievalAugmentor(DefaultRetrievalAugmentor.builder()
                        .contentRetriever(EmbeddingStoreContentRetriever.builder()
                                .embeddingStore(store)
                                .embeddingModel(embeddingModel)
                                .maxResults(50)
                                .build())
                        .contentAggregator(RerankingContentAggregator.builder(scoringModel)
                                .topK(5)
                                .timeout(Duration.ofSeconds(1))
                                .onFailure(FailurePolicy.KEEP_RETRIEVAL_ORDER)
                                .build())
                        .build())
                .build();
        // end::chain
        return assistant;
    }
}
