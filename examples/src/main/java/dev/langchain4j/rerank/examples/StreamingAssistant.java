package dev.langchain4j.rerank.examples;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;

/**
 * The interface from which LangChain4j's AiServices creates a chatbot for many conversations that answers word by word.
 */
public interface StreamingAssistant {

    /** Retrieves and reranks before it returns; the answer is generated when the stream is started. */
    TokenStream answer(@MemoryId String conversation, @UserMessage String question);
}
