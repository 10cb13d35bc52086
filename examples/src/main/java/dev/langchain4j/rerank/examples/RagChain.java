package dev.langchain4j.rerank.examples;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;

/** Wires a chatbot that answers from retrieved passages. Its memory keeps the conversation, without the passages. */
public final class RagChain {

    private RagChain() {}

    /**
     * Creates a chatbot.
     *
     * @param retriever finds the candidates
     * @param aggregator chooses the passages that the chat model gets
     * @param chatModel writes the answer
     * @param memory remembers the conversation
     */
    static Assistant assistant(
            ContentRetriever retriever, ContentAggregator aggregator, ChatModel chatModel, ChatMemory memory) {
        return AiServices.builder(Assistant.class)
                .chatModel(chatModel)
                .retrievalAugmentor(augmentor(retriever, aggregator))
                .chatMemory(memory)
                .storeRetrievedContentInChatMemory(false)
                .build();
    }

    /** Creates a chatbot like {@link #assistant} that streams its answers, for many conversations. */
    public static StreamingAssistant streaming(
            ContentRetriever retriever,
            ContentAggregator aggregator,
            StreamingChatModel chatModel,
            ChatMemoryProvider memories) {
        return AiServices.builder(StreamingAssistant.class)
                .streamingChatModel(chatModel)
                .retrievalAugmentor(augmentor(retriever, aggregator))
                .chatMemoryProvider(memories)
                .storeRetrievedContentInChatMemory(false)
                .build();
    }

    private static RetrievalAugmentor augmentor(ContentRetriever retriever, ContentAggregator aggregator) {
        return DefaultRetrievalAugmentor.builder()
                .contentRetriever(retriever)
                .contentAggregator(aggregator)
                .contentInjector(new NumberedPassages())
                .build();
    }
}
