package dev.langchain4j.rerank.examples;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.injector.ContentInjector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Appends the passages to the question, numbered, one per line, so that an answer can cite them as [1], [2]. */
final class NumberedPassages implements ContentInjector {

    private static final String INSTRUCTION =
            "Answer the question from these passages only, and cite the ones you used by number, like [1].";
    private static final Pattern PASSAGE = Pattern.compile("^\\[\\d+] (.*)$", Pattern.MULTILINE);

    @Override
    public ChatMessage inject(List<Content> contents, ChatMessage message) {
        String question = ((UserMessage) message).singleText();
        String passages = IntStream.range(0, contents.size())
                .mapToObj(i -> "[%d] %s".formatted(i + 1, line(contents.get(i).textSegment())))
                .collect(Collectors.joining("\n"));
        return UserMessage.from(question + "\n\n" + INSTRUCTION + "\n" + passages);
    }

    /** Returns the question of a message that {@link #inject} created. */
    static String question(String message) {
        int end = message.indexOf("\n\n" + INSTRUCTION);
        return end < 0 ? message : message.substring(0, end);
    }

    /** Returns the passages of a message that {@link #inject} created, in order. */
    static List<String> passages(String message) {
        List<String> passages = new ArrayList<>();
        Matcher matcher = PASSAGE.matcher(message);
        while (matcher.find()) {
            passages.add(matcher.group(1));
        }
        return passages;
    }

    private static String line(TextSegment segment) {
        return segment.text().replaceAll("\\s+", " ").strip();
    }
}
