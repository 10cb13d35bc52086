package dev.langchain4j.rerank.examples.web;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Streams the given tokens, and waits before the last one until it is released. */
final class ScriptedChatModel implements StreamingChatModel {

    private volatile List<String> tokens = List.of("Answer", " [1].");
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile List<ChatMessage> asked = List.of();

    void says(String... words) {
        tokens = List.of(words);
        last = CompletableFuture.completedFuture(null);
    }

    /** Streams only the first tokens until the future is completed. */
    CompletableFuture<Void> pausesBeforeItsLast() {
        last = new CompletableFuture<>();
        return last;
    }

    /** Returns the messages of the last request. */
    List<ChatMessage> asked() {
        return asked;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        asked = request.messages();
        List<String> said = tokens;
        said.subList(0, said.size() - 1).forEach(handler::onPartialResponse);
        CompletableFuture<Void> unused = last.thenRun(() -> {
            handler.onPartialResponse(said.get(said.size() - 1));
            handler.onCompleteResponse(ChatResponse.builder()
                    .aiMessage(AiMessage.from(String.join("", said)))
                    .build());
        });
    }
}
