package dev.langchain4j.rerank.boot.conflict;

import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rerank.boot.RecordingChatModel;
import dev.langchain4j.service.spring.AiService;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application with two retrievers and an assistant that is wired automatically. */
@SpringBootApplication
public class ConflictApplication {

    /** An assistant whose automatic wiring fails because there are two retrievers. */
    @AiService
    public interface AutomaticAssistant {
        String answer(String question);
    }

    @Bean
    RecordingChatModel chatModel() {
        return new RecordingChatModel();
    }

    @Bean
    ContentRetriever handbook() {
        return query -> List.of();
    }

    @Bean
    ContentRetriever wiki() {
        return query -> List.of();
    }
}
