package dev.langchain4j.rerank.boot;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chat model that always returns the same answer and records its prompts. */
public final class RecordingChatModel implements ChatModel {

    private final List<String> prompts = new CopyOnWriteArrayList<>();

    @Override
    public ChatResponse doChat(ChatRequest request) {
        request.messages().forEach(message -> {
            if (message instanceof UserMessage user) {
                prompts.add(user.singleText());
            }
        });
        return ChatResponse.builder().aiMessage(AiMessage.from("an answer")).build();
    }

    public List<String> prompts() {
        return prompts;
    }
}
