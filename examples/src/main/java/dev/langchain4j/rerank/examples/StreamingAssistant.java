package dev.langchain4j.rerank.examples;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;

/** What LangChain4j's AiServices makes a chatbot of that answers many conversations, word by word. */
public interface StreamingAssistant {

    /** Retrieves and reranks before it returns; the answer comes when the stream is started. */
    TokenStream answer(@MemoryId String conversation, @UserMessage String question);
}
