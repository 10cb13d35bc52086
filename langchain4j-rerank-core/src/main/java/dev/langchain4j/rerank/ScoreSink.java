package dev.langchain4j.rerank;

/** Takes scores as they come. Implementations are thread-safe and quick. */
@FunctionalInterface
public interface ScoreSink {

    /**
     * Takes the score of one text.
     *
     * @param index place of the text in the list that was given, from 0
     * @param score a finite number on the model's scale
     */
    void accept(int index, double score);

    /**
     * Takes the score of one text with what the model knows besides. A model calls either method for a text, not both.
     *
     * @param index place of the text in the list that was given, from 0
     * @param score a finite number on the model's scale
     * @param detail stage, best window, truncation; dropped by a sink that has no use for it
     */
    default void accept(int index, double score, ScoreDetail detail) {
        accept(index, score);
    }

    /**
     * Takes where the time of the call went. A model that knows it tells it at most once, after the last score that it
     * tells and before its future is complete; of a call that fails or is cancelled it need not.
     *
     * @param times dropped by a sink that has no use for it
     */
    default void times(ScoringTimes times) {}
}
