package dev.langchain4j.rerank.boot.two;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rerank.boot.RecordingChatModel;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** An application that ranks the contents of two sources together. */
@SpringBootApplication
public class TwoRetrieversApplication {

    @Bean
    RecordingChatModel chatModel() {
        return new RecordingChatModel();
    }

    // tag::retrievers
    @Bean
    @Order(1)
    ContentRetriever handbook() {
        return query -> List.of(Content.from("Paris has been the capital of France since 987."));
    }

    @Bean
    @Order(2)
    ContentRetriever wiki() {
        return query -> List.of(Content.from("Berlin is the capital of Germany."));
    }
    // end::retrievers
}
