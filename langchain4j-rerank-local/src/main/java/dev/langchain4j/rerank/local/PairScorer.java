package dev.langchain4j.rerank.local;

import java.util.Arrays;
import java.util.List;

/** From a query and some passages to their scores, in one run of the engine: tokens, logits, scores. */
final class PairScorer {

    private final String model;
    private final PairTokenizer tokenizer;
    private final InferenceBackend backend;
    private final Head head;

    /**
     * Scores with one model.
     *
     * @param model its name, for messages
     */
    PairScorer(String model, PairTokenizer tokenizer, InferenceBackend backend, Head head) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.backend = backend;
        this.head = head;
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
        float[][] logits = run(pairs);
        for (int i = 0; i < places.length; i++) {
            scores.accept(places[i], pairs.get(i), score(logits[i], places[i]));
        }
    }

    /** Runs the pairs together, or in halves where the engine has not the memory for all. */
    private float[][] run(List<TokenizedPair> pairs) {
        try {
            return backend.run(pairs);
        } catch (BatchTooLargeException e) {
            if (pairs.size() == 1) {
                throw new LocalModelException(
                        "%s has not the memory to run one pair of %d tokens: lower maxLength or workers"
                                .formatted(model, pairs.get(0).length()),
                        e);
            }
            int half = pairs.size() / 2;
            float[][] first = run(pairs.subList(0, half));
            float[][] logits = Arrays.copyOf(first, pairs.size());
            System.arraycopy(run(pairs.subList(half, pairs.size())), 0, logits, half, pairs.size() - half);
            return logits;
        }
    }

    private double score(float[] logits, int place) {
        double score = score(logits);
        if (!Double.isFinite(score)) {
            throw new LocalModelException(
                    "%s answered %s for text %d, which is no score".formatted(model, Arrays.toString(logits), place));
        }
        return score;
    }

    private double score(float[] logits) {
        try {
            return head.score(logits);
        } catch (IllegalArgumentException e) {
            throw new LocalModelException("%s answered %s".formatted(model, e.getMessage()), e);
        }
    }

    /** Takes the score of one pair, from any worker. */
    @FunctionalInterface
    interface PairScores {
        void accept(int place, TokenizedPair pair, double score);
    }
}
