package dev.langchain4j.rerank.local;

/**
 * The head of a model: computes one score from the logits of a pair.
 *
 * @param activation {@link Activation#SIGMOID} or {@link Activation#NONE}
 * @param relevantClass of a model of two classes, the class that means relevant: 0 or 1
 */
record Head(Activation activation, int relevantClass) {

    Head {
        if (activation == Activation.MODEL_DEFAULT) {
            throw new IllegalArgumentException("MODEL_DEFAULT must have been resolved");
        }
    }

    /**
     * Returns the score of one pair; not finite if a logit is not.
     *
     * @param logits one, or one per class
     * @throws IllegalArgumentException if there are more than two
     */
    double score(float[] logits) {
        double logit = relevance(logits);
        return activation == Activation.SIGMOID ? 1 / (1 + Math.exp(-logit)) : logit;
    }

    /** Returns the log-odds of relevance. For two classes, that is their difference: its sigmoid is their softmax. */
    private double relevance(float[] logits) {
        return switch (logits.length) {
            case 1 -> logits[0];
            case 2 -> (double) logits[relevantClass] - logits[1 - relevantClass];
            default ->
                throw new IllegalArgumentException(
                        "%d numbers per pair; a cross-encoder has one logit, or two classes".formatted(logits.length));
        };
    }
}
