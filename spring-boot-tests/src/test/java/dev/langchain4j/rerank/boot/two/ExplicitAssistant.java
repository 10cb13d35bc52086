package dev.langchain4j.rerank.boot.two;

import static dev.langchain4j.service.spring.AiServiceWiringMode.EXPLICIT;

import dev.langchain4j.service.spring.AiService;

// tag::assistant
@AiService(wiringMode = EXPLICIT, chatModel = "chatModel", retrievalAugmentor = "rerankingRetrievalAugmentor")
public interface ExplicitAssistant {

    String answer(String question);
}
// end::assistant
