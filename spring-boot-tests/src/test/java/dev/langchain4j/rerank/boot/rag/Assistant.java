package dev.langchain4j.rerank.boot.rag;

import dev.langchain4j.service.spring.AiService;

// tag::assistant
@AiService
public interface Assistant {

    String answer(String question);
}
// end::assistant
