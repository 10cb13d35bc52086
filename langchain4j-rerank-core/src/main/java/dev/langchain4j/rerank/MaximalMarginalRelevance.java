package dev.langchain4j.rerank;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rerank.internal.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maximal marginal relevance: picks contents one after the other, each time a relevant one that differs from the
 * contents already picked (Carbonell, Goldstein, SIGIR 1998).
 */
final class MaximalMarginalRelevance implements SelectionPolicy {

    /** Returns the similarity of two contents of a ranking by their indexes; null if it is not known. */
    interface Similarity {

        @Nullable
        Double between(int one, int other);
    }

    private final double relevanceWeight;
    private final Function<List<Content>, Similarity> similarities;

    /**
     * Creates the step.
     *
     * @param similarities compares the contents of the ranking that it is given
     */
    MaximalMarginalRelevance(double relevanceWeight, Function<List<Content>, Similarity> similarities) {
        this.relevanceWeight = Arguments.between("relevanceWeight", 0, 1, relevanceWeight);
        this.similarities = similarities;
    }

    @Override
    public Selection select(Selection selection) {
        List<RankedContent> scored = selection.kept().stream()
                .filter(content -> content.score() != null)
                .toList();
        if (scored.size() < 3) {
            // the first is picked by relevance alone, which leaves no choice for the second
            return selection;
        }
        List<RankedContent> order = new ArrayList<>(new Picking(scored).order());
        selection.kept().stream().filter(content -> content.score() == null).forEach(order::add);
        return selection.arrange(order);
    }

    private final class Picking {

        private final List<RankedContent> contents;
        private final double[] relevance;
        private final Similarity similarity;

        /** The similarity of each content to the most similar one picked; NaN while it compares to none. */
        private final double[] redundancy;

        private final List<Integer> left = new ArrayList<>();

        Picking(List<RankedContent> contents) {
            this.contents = contents;
            this.relevance = ScoreNormalizer.minMax()
                    .normalize(
                            contents.stream()
                                    .map(RankedContent::score)
                                    .mapToDouble(score -> score == null ? 0 : score)
                                    .toArray(),
                            ScoreScale.RELATIVE);
            this.similarity = similarities.apply(
                    contents.stream().map(RankedContent::content).toList());
            this.redundancy = new double[contents.size()];
            Arrays.fill(redundancy, Double.NaN);
            for (int index = 0; index < contents.size(); index++) {
                left.add(index);
            }
        }

        List<RankedContent> order() {
            List<RankedContent> order = new ArrayList<>(contents.size());
            while (!left.isEmpty()) {
                Integer picked = pick();
                left.remove(picked);
                order.add(contents.get(picked));
                left.forEach(index -> compare(index, picked));
            }
            return order;
        }

        private Integer pick() {
            // a content that compares to nothing is neither rewarded nor penalised
            double neutral = left.stream()
                    .mapToDouble(index -> redundancy[index])
                    .filter(known -> !Double.isNaN(known))
                    .average()
                    .orElse(0);
            Integer best = left.get(0);
            double bestValue = Double.NEGATIVE_INFINITY;
            for (Integer index : left) {
                double known = redundancy[index];
                double value = relevanceWeight * relevance[index]
                        - (1 - relevanceWeight) * (Double.isNaN(known) ? neutral : known);
                if (value > bestValue) {
                    bestValue = value;
                    best = index;
                }
            }
            return best;
        }

        private void compare(int index, int picked) {
            Double similar = similarity.between(index, picked);
            if (similar != null && Double.isFinite(similar)) {
                redundancy[index] = Double.isNaN(redundancy[index]) ? similar : Math.max(redundancy[index], similar);
            }
        }
    }
}
