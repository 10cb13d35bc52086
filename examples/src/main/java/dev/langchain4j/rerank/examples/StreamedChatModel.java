package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A streaming model over a model without streaming: it streams the complete answer word by word. */
final class StreamedChatModel implements StreamingChatModel {

    private static final Pattern WORD = Pattern.compile("\\S+\\s*");

    private final ChatModel model;

    StreamedChatModel(ChatModel model) {
        this.model = model;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ChatResponse response = model.doChat(request);
        Matcher words = WORD.matcher(response.aiMessage().text());
        while (words.find()) {
            handler.onPartialResponse(words.group());
        }
        handler.onCompleteResponse(response);
    }
}
