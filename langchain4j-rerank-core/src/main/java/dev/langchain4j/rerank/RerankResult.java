package dev.langchain4j.rerank;

/**
 * A document with its score.
 *
 * @param text the document as it was given
 * @param score how relevant it is to the query, on the scale of the model; higher is more relevant. Negative infinity
 *     for a blank document, which no model is asked about
 * @param index place of the document in the list that was given, from 0
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
