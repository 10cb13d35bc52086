package dev.langchain4j.rerank;

/**
 * A step that decides which of the ranked contents are kept, and in which order. Steps run one after the other; each
 * sees what the ones before it left.
 *
 * <p>Implementations are thread-safe and keep no state between rankings.
 */
@FunctionalInterface
public interface SelectionPolicy {

    /**
     * Takes the step.
     *
     * @param selection what is kept so far, the best first unless a step before has rearranged it
     * @return what is kept now, made from {@code selection} by its methods
     */
    Selection select(Selection selection);

    /**
     * Keeps the first contents.
     *
     * @param topK how many at most; at least 1, {@link Integer#MAX_VALUE} for all
     */
    static SelectionPolicy topK(int topK) {
        Options.atLeastOne("topK", topK);
        return selection -> selection.keepFirst(topK, "beyond top " + topK);
    }

    /**
     * Keeps the contents whose reported score is high enough. Contents that were not scored stay: a threshold says
     * nothing about them.
     *
     * @param minScore the lowest score that is kept; finite, on the reported scale
     */
    static SelectionPolicy minScore(double minScore) {
        Options.finite("minScore", minScore);
        return selection -> selection.drop(content -> {
            Double score = content.score();
            return score != null && score < minScore ? "below minimum score " + minScore : null;
        });
    }
}
