package dev.langchain4j.rerank.boot.rag;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rerank.boot.RecordingChatModel;
import dev.langchain4j.rerank.boot.WordCountEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application as in LangChain4j's documents, without any code about reranking. */
@SpringBootApplication
public class RagApplication {

    public static final List<String> PASSAGES = List.of(
            "What is the capital of France? Nobody asked that question before.",
            "The capital letters of the alphabet are what is taught first.",
            "France is a country in Europe. What is it known for? Wine and cheese.",
            "Paris has been the capital of France since 987.",
            "Is the capital of a company what is the sum of its shares?",
            "Berlin is the capital of Germany.");

    @Bean
    RecordingChatModel chatModel() {
        return new RecordingChatModel();
    }

    @Bean
    EmbeddingModel embeddingModel() {
        return new WordCountEmbeddingModel();
    }

    @Bean
    ApplicationRunner ingest(EmbeddingModel model, EmbeddingStore<TextSegment> store) {
        return arguments -> {
            List<TextSegment> segments =
                    PASSAGES.stream().map(TextSegment::from).toList();
            store.addAll(model.embedAll(segments).content(), segments);
        };
    }
}
