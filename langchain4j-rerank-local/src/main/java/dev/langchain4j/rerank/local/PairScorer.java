package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;

/** From a query and some passages to their scores, in one run of the engine: tokens, logits, activation. */
final class PairScorer {

    private final PairTokenizer tokenizer;
    private final InferenceBackend backend;
    private final Activation activation;
    private final String model;

    /**
     * Scores with one model.
     *
     * @param model its name, for messages
     * @param activation not {@link Activation#MODEL_DEFAULT}, which has been looked up
     */
    PairScorer(String model, PairTokenizer tokenizer, InferenceBackend backend, Activation activation) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.backend = backend;
        this.activation = activation;
    }

    /**
     * Scores the passages at some places of a list.
     *
     * @throws LocalModelException if one of them has no finite score, or the engine refuses
     */
    void score(TokenizedQuery query, List<String> passages, int[] places, PairScores scores) {
        List<TokenizedPair> pairs = Arrays.stream(places)
                .mapToObj(place -> tokenizer.pair(query, passages.get(place)))
                .toList();
        float[][] logits = backend.run(pairs);
        for (int i = 0; i < places.length; i++) {
            scores.accept(places[i], pairs.get(i), score(logits[i], places[i]));
        }
    }

    private double score(float[] logits, int place) {
        double logit = relevance(logits);
        if (!Double.isFinite(logit)) {
            throw new LocalModelException(
                    "%s answered %s for text %d, which is no score".formatted(model, logit, place));
        }
        return activation == Activation.SIGMOID ? 1 / (1 + Math.exp(-logit)) : logit;
    }

    /** The log-odds of relevance. Of two classes that is their difference: its sigmoid is their softmax. */
    private double relevance(float[] logits) {
        return switch (logits.length) {
            case 1 -> logits[0];
            case 2 -> (double) logits[1] - logits[0];
            default ->
                throw new LocalModelException("%s answered %d numbers a pair; a cross-encoder has 1, or 2 classes"
                        .formatted(model, logits.length));
        };
    }

    /** Takes the score of one pair, from any worker. */
    @FunctionalInterface
    interface PairScores {
        void accept(int place, TokenizedPair pair, double score);
    }
}
