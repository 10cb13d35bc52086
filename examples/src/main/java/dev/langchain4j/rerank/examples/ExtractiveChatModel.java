package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A substitute for a language model if none is configured: it quotes, from the best passage, the sentence that shares
 * most words with the question, and marks it as a quotation.
 */
public final class ExtractiveChatModel implements ChatModel {

    public static final String NOTE = "(quoted, not written: no language model is configured)";

    private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer(lastUserText(request.messages()))))
                .build();
    }

    private static String answer(String message) {
        List<String> passages = NumberedPassages.passages(message);
        if (passages.isEmpty()) {
            return "I found no passage about that. " + NOTE;
        }
        Set<String> question = words(NumberedPassages.question(message));
        String quote = sentences(passages.get(0)).stream()
                .max(Comparator.comparingLong(sentence ->
                        words(sentence).stream().filter(question::contains).count()))
                .orElseThrow();
        return "\"%s\" [1] %s".formatted(quote, NOTE);
    }

    private static String lastUserText(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage user) {
                return user.singleText();
            }
        }
        return "";
    }

    private static Set<String> words(String text) {
        return WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() > 3)
                .collect(Collectors.toSet());
    }

    private static List<String> sentences(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        for (int start = breaks.first(), end = breaks.next();
                end != BreakIterator.DONE;
                start = end, end = breaks.next()) {
            sentences.add(text.substring(start, end).strip());
        }
        return sentences;
    }
}
