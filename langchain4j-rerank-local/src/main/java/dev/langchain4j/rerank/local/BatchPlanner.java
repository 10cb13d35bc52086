package dev.langchain4j.rerank.local;

import dev.langchain4j.rerank.local.InferenceBackend.RunLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Plans which passages of a call run together. It plans by the length of the texts, before they are tokenised, so that
 * the first scores come at once and the tokens of a thousand passages are never in memory together. The estimate only
 * has to put texts of similar length side by side: the amount of padding in a batch changes its duration, not its
 * scores.
 */
final class BatchPlanner {

    /**
     * Characters per token of English. Texts of another density give batches that are larger or smaller than the
     * optimum of the engine.
     */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final RunLimits limits;
    private final int maxLength;

    /**
     * Creates the planner of a model.
     *
     * @param limits of the engine
     * @param maxLength maximum number of tokens of a pair
     */
    BatchPlanner(RunLimits limits, int maxLength) {
        this.limits = limits;
        this.maxLength = maxLength;
    }

    /**
     * Returns batches of indexes in the list, the longest texts first, so that a call does not end with its slowest
     * batch.
     */
    List<int[]> longestFirst(List<String> texts, int queryTokens) {
        if (limits.sequences() == 1) {
            return inOrder(texts, queryTokens);
        }
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        (Integer index) -> -texts.get(index).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        return plan(order, texts, queryTokens);
    }

    /** Returns batches of indexes in the list, in the given order. */
    List<int[]> inOrder(List<String> texts, int queryTokens) {
        return plan(IntStream.range(0, texts.size()).toArray(), texts, queryTokens);
    }

    private List<int[]> plan(int[] order, List<String> texts, int queryTokens) {
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        int longest = 0;
        for (int end = 0; end < order.length; end++) {
            int length = estimate(texts.get(order[end]), queryTokens);
            int longestWith = Math.max(longest, length);
            int sequences = end - start;
            if (sequences > 0 && (sequences == limits.sequences() || (sequences + 1) * longestWith > limits.tokens())) {
                batches.add(part(order, start, end));
                start = end;
                longestWith = length;
            }
            longest = longestWith;
        }
        if (start < order.length) {
            batches.add(part(order, start, order.length));
        }
        return batches;
    }

    private static int[] part(int[] order, int start, int end) {
        return Arrays.copyOfRange(order, start, end);
    }

    private int estimate(String text, int queryTokens) {
        return Math.min(maxLength, queryTokens + 1 + text.length() / CHARACTERS_PER_TOKEN);
    }
}
