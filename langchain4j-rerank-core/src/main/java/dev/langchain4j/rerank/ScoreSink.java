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
}
