package dev.langchain4j.rerank;

/**
 * A document with its score.
 *
 * @param text the document as it was passed
 * @param score its relevance to the query, on the scale of the model; higher is more relevant. Negative infinity for a
 *     blank document, which is never sent to the model
 * @param index index of the document in the list that was passed, from 0
 */
public record RerankResult(String text, double score, int index) {

    public RerankResult {
        if (text == null) {
            throw new IllegalArgumentException("text is null: pass the document");
        }
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score must be a number, got NaN");
        }
        if (index < 0) {
            throw new IllegalArgumentException("index must be at least 0, got " + index);
        }
    }
}
