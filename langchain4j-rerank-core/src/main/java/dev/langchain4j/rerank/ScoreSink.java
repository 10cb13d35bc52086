package dev.langchain4j.rerank;

/** Accepts scores as they are computed. Implementations are thread-safe and quick. */
@FunctionalInterface
public interface ScoreSink {

    /**
     * Accepts the score of one text.
     *
     * @param index index of the text in the list that was passed, from 0
     * @param score a finite number on the model's scale
     */
    void accept(int index, double score);

    /**
     * Accepts the score of one text with its detail. A model calls one of the two methods per text, not both.
     *
     * @param index index of the text in the list that was passed, from 0
     * @param score a finite number on the model's scale
     * @param detail stage, best window, truncation; ignored by default
     */
    default void accept(int index, double score, ScoreDetail detail) {
        accept(index, score);
    }

    /**
     * Receives the timing breakdown of the call: optional, at most once, after the last score and before the future
     * completes. Not required for calls that fail or are cancelled.
     *
     * @param times ignored by default
     */
    default void times(ScoringTimes times) {}
}
