package dev.langchain4j.rerank.scoring;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order of the passages after some replies of a chat model.
 *
 * @param indexes indexes of the passages in the call, best first
 * @param named indexes of the passages that a reply has named
 * @param modelName of the last reply
 * @param usage of all replies
 */
record PassageOrder(
        List<Integer> indexes,
        Set<Integer> named,
        @Nullable String modelName,
        @Nullable TokenUsage usage) {

    /** Ranks that one chat call orders, from {@code start} (inclusive) to {@code end} (exclusive); the best rank is 0. */
    record Window(int start, int end) {}

    /** The order in which the passages came. */
    static PassageOrder of(int passages) {
        return new PassageOrder(IntStream.range(0, passages).boxed().toList(), Set.of(), null, null);
    }

    List<Integer> in(Window window) {
        return indexes.subList(window.start(), window.end());
    }

    /** In the window, passages that the reply names come first, and the others keep their order behind them. */
    PassageOrder after(Window window, ChatResponse response) {
        List<Integer> before = in(window);
        List<Integer> best = RankingReply.indexes(text(response), before.size()).stream()
                .map(before::get)
                .toList();
        Set<Integer> inOrder = new LinkedHashSet<>(best);
        inOrder.addAll(before);
        List<Integer> all = new ArrayList<>(indexes.subList(0, window.start()));
        all.addAll(inOrder);
        all.addAll(indexes.subList(window.end(), indexes.size()));
        Set<Integer> allNamed = new HashSet<>(named);
        allNamed.addAll(best);
        return new PassageOrder(all, allNamed, response.modelName(), TokenUsage.sum(usage, response.tokenUsage()));
    }

    /** A model that calls a tool instead of answering has no text. */
    private static String text(ChatResponse response) {
        String text = response.aiMessage().text();
        return text == null ? "" : text;
    }
}
