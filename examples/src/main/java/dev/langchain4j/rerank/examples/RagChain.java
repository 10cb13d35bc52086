package dev.langchain4j.rerank.examples;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;

/** Wires a chatbot that answers from retrieved passages. */
final class RagChain {

    private RagChain() {}

    /**
     * A chatbot.
     *
     * @param retriever finds the candidates
     * @param aggregator chooses the passages that the chat model gets
     * @param chatModel writes the answer
     * @param memory remembers the conversation, without the passages
     */
    static Assistant assistant(
            ContentRetriever retriever, ContentAggregator aggregator, ChatModel chatModel, ChatMemory memory) {
        RetrievalAugmentor augmentor = DefaultRetrievalAugmentor.builder()
                .contentRetriever(retriever)
                .contentAggregator(aggregator)
                .contentInjector(new NumberedPassages())
                .build();
        return AiServices.builder(Assistant.class)
                .chatModel(chatModel)
                .retrievalAugmentor(augmentor)
                .chatMemory(memory)
                .storeRetrievedContentInChatMemory(false)
                .build();
    }
}
